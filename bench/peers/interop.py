"""Reads and writes a corpus with pyarrow, Polars and DuckDB, for `npm run bench -- interop`.

usage: interop.py DIRECTORY. It holds cases.json, a list of {name, files}; files are by this
package, the first an Arrow IPC file. Each is read by each reader, and the table is written by each
writer as NAME.WRITER.EXTENSION. Prints lines of JSON: {case, reader, file, rows and family, or
error} and {case, writer, file, error or back}: what pyarrow reads back, where it is something else.

Values are written as bench/interop/canonical.ts does: every bit counts, units and widths do not.
"""

import decimal
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet as pq

try:
    import polars as pl
except ImportError:
    pl = None
try:
    import duckdb
except ImportError:
    duckdb = None

NANOSECONDS = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
DAY = 86_400 * 10**9


def canonical(array):
    if isinstance(array, pa.ChunkedArray):
        return [value for chunk in array.chunks for value in canonical(chunk)]
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return canonical(array.storage)
    if pa.types.is_dictionary(kind):
        return at(canonical(array.dictionary), array.indices.to_pylist())
    if pa.types.is_union(kind):
        return union(array)
    if pa.types.is_map(kind):
        keys, items = canonical(array.keys), canonical(array.items)
        return slices(array, [list(pair) for pair in zip(keys, items)])
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return slices(array, canonical(array.values))
    if pa.types.is_fixed_size_list(kind):
        size, values = kind.list_size, canonical(array.values)
        starts = ((array.offset + row) * size for row in range(len(array)))
        return valid(array, [values[start : start + size] for start in starts])
    if pa.types.is_struct(kind):
        children = [canonical(child) for child in array.flatten()]
        return valid(array, [[child[row] for child in children] for row in range(len(array))])
    return [None if value is None else scalar(kind, value) for value in plain(array)]


def plain(array):
    """The values of a column without children, as numbers where it has numbers below."""
    kind = array.type
    if pa.types.is_floating(kind) or (pa.types.is_temporal(kind) and not pa.types.is_interval(kind)):
        return array.view({16: pa.int16(), 32: pa.int32(), 64: pa.int64()}[kind.bit_width]).to_pylist()
    return array.to_pylist()


def scalar(kind, value):
    if pa.types.is_boolean(kind):
        return value
    if pa.types.is_floating(kind):
        return value.to_bytes(kind.bit_width // 8, "little", signed=True).hex()
    if pa.types.is_decimal(kind):
        return f"{int(value.scaleb(kind.scale))}e-{kind.scale}"
    if pa.types.is_date(kind):
        return str(value * (DAY if pa.types.is_date32(kind) else 10**6))
    if pa.types.is_interval(kind):
        return [str(part) for part in value]
    if pa.types.is_temporal(kind):
        return str(value * NANOSECONDS[kind.unit])
    if isinstance(value, int):
        return str(value)
    return (value.encode() if isinstance(value, str) else value).hex()


def family(kind):
    """What sort of values a type has, in the words of bench/interop/canonical.ts."""
    if isinstance(kind, pa.BaseExtensionType):
        return family(kind.storage_type)
    if pa.types.is_dictionary(kind):
        return family(kind.value_type)
    if pa.types.is_floating(kind):
        return f"float{kind.bit_width}"
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return "instant"
    tests = ["integer", "decimal", "time", "duration", "interval", "boolean", "null", "nested"]
    return next((test for test in tests if getattr(pa.types, f"is_{test}")(kind)), "bytes")


def at(values, indices):
    return [None if index is None else values[index] for index in indices]


def valid(array, values):
    return [value if there else None for value, there in zip(values, array.is_valid().to_pylist())]


def slices(array, values):
    offsets = array.offsets.to_pylist()
    return valid(array, [values[a:b] for a, b in zip(offsets, offsets[1:])])


def union(array):
    kind = array.type
    codes = array.type_codes.to_pylist()
    children = {code: canonical(array.field(k)) for k, code in enumerate(kind.type_codes)}
    offsets = array.offsets.to_pylist() if kind.mode == "dense" else range(len(array))
    return [{str(code): children[code][row]} for code, row in zip(codes, offsets)]


def read_pyarrow(path):
    if path.suffix == ".parquet":
        return pq.read_table(path)
    opened = pa.ipc.open_file if path.suffix == ".arrow" else pa.ipc.open_stream
    return opened(path.read_bytes()).read_all()


def read_polars(path):
    read = {".parquet": pl.read_parquet, ".arrow": pl.read_ipc, ".arrows": pl.read_ipc_stream}
    return read[path.suffix](path).to_arrow(compat_level=pl.CompatLevel.newest())


def read_duckdb(path):
    return duckdb.connect().sql(f"select * from '{path}'").to_arrow_table()


def parquet(**options):
    return ".parquet", lambda table, path: pq.write_table(table, path, **options)


def encoded(pick):
    """A column encoding by the type, where one fits."""

    def write(table, path):
        encoding = pick(table.schema.field(0).type)
        if encoding is None:
            raise NotImplementedError("no such encoding for the type")
        leaf = pq.ParquetFile(as_parquet(table)).schema.column(0).path
        options = {"use_dictionary": False, "column_encoding": {leaf: encoding}}
        pq.write_table(table, path, data_page_version="2.0", **options)

    return ".parquet", write


def as_parquet(table):
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return pa.BufferReader(sink.getvalue())


def leaf_type(kind):
    while pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        kind = kind.value_type
    return kind


def delta(kind):
    kind = leaf_type(kind)
    if pa.types.is_integer(kind) or pa.types.is_temporal(kind):
        return "DELTA_BINARY_PACKED"
    if is_text(kind):
        return "DELTA_LENGTH_BYTE_ARRAY"
    return None


def delta_bytes(kind):
    kind = leaf_type(kind)
    fits = is_text(kind) or pa.types.is_fixed_size_binary(kind) or pa.types.is_decimal(kind)
    return "DELTA_BYTE_ARRAY" if fits else None


def split(kind):
    kind = leaf_type(kind)
    wide = pa.types.is_primitive(kind) and not pa.types.is_boolean(kind)
    fits = wide or pa.types.is_fixed_size_binary(kind) or pa.types.is_decimal(kind)
    return "BYTE_STREAM_SPLIT" if fits else None


def is_text(kind):
    tests = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
    return any(getattr(pa.types, f"is_{test}")(kind) for test in tests)


def ipc(extension, compression, **options):
    def write(table, path):
        opened = pa.ipc.new_file if extension == ".arrow" else pa.ipc.new_stream
        settings = pa.ipc.IpcWriteOptions(compression=compression, **options)
        with opened(path, table.schema, options=settings) as writer:
            writer.write_table(table, max_chunksize=7)

    return extension, write


def polars(extension, method, **options):
    return extension, lambda table, path: getattr(pl.from_arrow(table), method)(path, **options)


def duck(options):
    def write(table, path):
        if pa.types.is_duration(table.schema.field(0).type):
            raise NotImplementedError("durations become intervals, which pyarrow has not")
        connection = duckdb.connect()
        connection.register("corpus", table)
        connection.execute(f"copy (select * from corpus) to '{path}' (format parquet, {options})")

    return ".parquet", write


def writers():
    found = {
        "pyarrow": parquet(),
        "pyarrow v2 zstd plain": parquet(data_page_version="2.0", compression="zstd", use_dictionary=False),
        "pyarrow gzip, small pages": parquet(
            compression="gzip", row_group_size=50, data_page_size=64, write_batch_size=3
        ),
        "pyarrow brotli v2": parquet(compression="brotli", data_page_version="2.0"),
        "pyarrow lz4, no Arrow schema": parquet(compression="lz4", store_schema=False),
        "pyarrow format 1.0": parquet(version="1.0", compression="none"),
        "pyarrow as Spark, int96": parquet(flavor="spark", use_deprecated_int96_timestamps=True),
        "pyarrow delta": encoded(delta),
        "pyarrow delta bytes": encoded(delta_bytes),
        "pyarrow byte stream split": encoded(split),
        "pyarrow IPC": ipc(".arrow", None),
        "pyarrow IPC lz4": ipc(".arrow", "lz4"),
        "pyarrow stream zstd": ipc(".arrows", "zstd"),
        "pyarrow stream deltas": ipc(".arrows", None, emit_dictionary_deltas=True),
    }
    if pl:
        found |= {
            "Polars": polars(".parquet", "write_parquet"),
            "Polars snappy, small pages": polars(
                ".parquet", "write_parquet", compression="snappy", row_group_size=50, data_page_size=64
            ),
            "Polars IPC": polars(".arrow", "write_ipc"),
            "Polars IPC lz4 oldest": polars(
                ".arrow", "write_ipc", compression="lz4", compat_level=pl.CompatLevel.oldest()
            ),
            "Polars stream zstd": polars(".arrows", "write_ipc_stream", compression="zstd"),
        }
    if duckdb:
        found |= {
            "DuckDB": duck("codec 'snappy'"),
            "DuckDB v2 zstd": duck("parquet_version v2, codec 'zstd', dictionary_size_limit 1"),
        }
    return found


def attempt(action):
    try:
        return action()
    except BaseException as error:  # Polars panics with no Exception.
        if isinstance(error, KeyboardInterrupt):
            raise
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0][:200]}


def rows_of(table):
    return canonical(table.column(0))


def read_rows(read, path):
    table = read(path)
    return {"rows": rows_of(table), "family": family(table.column(0).type)}


def run(directory):
    decimal.getcontext().prec = 200
    readers = {"pyarrow": read_pyarrow}
    if pl:
        readers["Polars"] = read_polars
    if duckdb:
        readers["DuckDB"] = read_duckdb
    for case in json.loads((directory / "cases.json").read_text()):
        for file in case["files"]:
            for reader, read in readers.items():
                if reader == "DuckDB" and not file.endswith(".parquet"):
                    continue
                result = attempt(lambda: read_rows(read, directory / file))
                emit(case=case["name"], reader=reader, file=file, **result)
        write_all(directory, case)


def write_all(directory, case):
    try:
        table = read_pyarrow(directory / case["files"][0])
        expected = rows_of(table)
    except Exception:  # A type that pyarrow does not have; the reader has said so.
        return
    for number, (writer, (extension, write)) in enumerate(writers().items()):
        file = f"{case['name']}.{number}{extension}"
        result = attempt(lambda: write(table, directory / file)) or {}
        if "error" not in result:
            back = attempt(lambda: read_rows(read_pyarrow, directory / file))
            result = {} if back.get("rows") == expected else {"back": back}
        emit(case=case["name"], writer=writer, file=file, **result)


def emit(**line):
    print(json.dumps(line))


if __name__ == "__main__":
    versions = {"pyarrow": pa.__version__}
    versions |= {"Polars": pl.__version__} if pl else {}
    versions |= {"DuckDB": duckdb.__version__} if duckdb else {}
    emit(versions=versions)
    run(Path(sys.argv[1]))
