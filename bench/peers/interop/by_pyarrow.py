"""pyarrow: the Parquet and Arrow IPC of Arrow C++."""

import column_encodings
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

NAME = "pyarrow"
VERSION = pa.__version__
EXTENSIONS = (".parquet", ".arrow", ".arrows")


def read(path):
    if path.suffix == ".parquet":
        return pq.read_table(path)
    opened = pa.ipc.open_file if path.suffix == ".arrow" else pa.ipc.open_stream
    return opened(path.read_bytes()).read_all()


def writers():
    return {
        "pyarrow": parquet(),
        "pyarrow v2 zstd plain": parquet(data_page_version="2.0", compression="zstd", use_dictionary=False),
        "pyarrow gzip, small pages": parquet(
            compression="gzip", row_group_size=50, data_page_size=64, write_batch_size=3
        ),
        "pyarrow brotli v2": parquet(compression="brotli", data_page_version="2.0"),
        "pyarrow lz4, no Arrow schema": parquet(compression="lz4", store_schema=False),
        "pyarrow format 1.0": parquet(version="1.0", compression="none"),
        "pyarrow as Spark, int96": parquet(flavor="spark", use_deprecated_int96_timestamps=True),
        "pyarrow delta": encoded(column_encodings.delta),
        "pyarrow delta bytes": encoded(column_encodings.delta_bytes),
        "pyarrow byte stream split": encoded(column_encodings.split),
        "pyarrow IPC": ipc(".arrow", None),
        "pyarrow IPC lz4": ipc(".arrow", "lz4"),
        "pyarrow stream zstd": ipc(".arrows", "zstd"),
        "pyarrow stream deltas": ipc(".arrows", None, emit_dictionary_deltas=True),
    }


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


def ipc(extension, compression, **options):
    def write(table, path):
        opened = pa.ipc.new_file if extension == ".arrow" else pa.ipc.new_stream
        settings = pa.ipc.IpcWriteOptions(compression=compression, **options)
        with opened(path, table.schema, options=settings) as writer:
            writer.write_table(table, max_chunksize=7)

    return extension, write
