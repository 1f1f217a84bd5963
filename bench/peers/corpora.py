"""Reads data files with other libraries, for `npm run bench -- corpora`.

usage: corpora MOST_ROWS SECONDS < FILES, each line of which is {"path", "format"}. Prints a line of JSON
for each file and library: {path, reader, rows, columns: [{name, family, values}]}, of which `values` are
those of the first MOST_ROWS rows, or {path, reader, error}. Each is read in a process of its own, which
may crash, hang or take too much memory.
"""

import json
import multiprocessing
import resource
import sys

sys.path.insert(0, __file__.rsplit("/", 1)[0] + "/interop")

MEMORY = 6 * 2**30


def by_pyarrow(path, form):
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    if form == "parquet":
        return pq.ParquetFile(path).read(use_threads=False)
    if form == "csv":
        return pyarrow.csv.read_csv(path)
    opened = pa.ipc.open_file if form == "arrow-file" else pa.ipc.open_stream
    with open(path, "rb") as file:
        return opened(file).read_all()


def by_duckdb(path, form):
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 1")
    call = {"parquet": "read_parquet", "csv": "read_csv"}[form]
    return connection.execute(f"select * from {call}(?)", [path]).to_arrow_table()


def by_polars(path, form):
    import polars as pl

    reads = {
        "parquet": pl.read_parquet,
        "csv": pl.read_csv,
        "arrow-file": pl.read_ipc,
        "arrow-stream": pl.read_ipc_stream,
    }
    # The open file, not its path: names with brackets are patterns.
    with open(path, "rb") as file:
        return reads[form](file).to_arrow(compat_level=pl.CompatLevel.newest())


READERS = {"pyarrow": by_pyarrow, "DuckDB": by_duckdb, "Polars": by_polars}
FORMATS = {"DuckDB": ("parquet", "csv")}


def work(reader, path, form, most, pipe):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import decimal

    from values import canonical, family

    decimal.getcontext().prec = 200
    try:
        table = READERS[reader](path, form)
        columns = []
        for name, column in zip(table.column_names, table.columns):
            values = canonical(column.slice(0, most).combine_chunks())
            columns.append({"name": name, "family": family(column.type), "values": values})
        pipe.send({"rows": table.num_rows, "columns": columns})
    except BaseException as error:
        pipe.send({"error": f"{type(error).__name__}: {error}".split("\n")[0][:200]})


def attempt(reader, path, form, most, seconds):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=work, args=(reader, path, form, most, theirs))
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            return {"error": f"it takes more than {seconds} s"}
        return ours.recv()
    except EOFError:
        process.join()
        return {"error": f"it ends with {process.exitcode}"}
    finally:
        process.kill()
        process.join()


if __name__ == "__main__":
    import duckdb
    import polars
    import pyarrow
    import pyarrow.csv
    import pyarrow.parquet

    versions = {"pyarrow": pyarrow.__version__, "DuckDB": duckdb.__version__, "Polars": polars.__version__}
    print(json.dumps({"versions": versions}), flush=True)
    most, seconds = int(sys.argv[1]), int(sys.argv[2])
    for line in sys.stdin:
        file = json.loads(line)
        for reader in READERS:
            if file["format"] in FORMATS.get(reader, (file["format"],)):
                result = attempt(reader, file["path"], file["format"], most, seconds)
                print(json.dumps({"path": file["path"], "reader": reader, **result}), flush=True)
