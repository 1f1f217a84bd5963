"""Reads and writes a corpus with other libraries, for `npm run bench -- interop`.

usage: interop DIRECTORY. It holds cases.json, a list of {name, files}; files are by this package,
the first an Arrow IPC file. Each is read by each library, and the table is written by each writer
as NAME.WRITER.EXTENSION. Prints lines of JSON: {versions}, in which a library that is not installed
is absent; {case, reader, file, rows and family, or error} and {case, writer, file, error or back}:
what pyarrow reads back, where it is something else.
"""

import decimal
import faulthandler
import importlib
import json
import os
import sys
from pathlib import Path

import by_pyarrow
from values import canonical, family


def load(name):
    """A library, or none where it is not installed; what else is wrong with it is for people to see."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
    except Exception as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None


OTHERS = {"Polars": "by_polars", "DuckDB": "by_duckdb", "DataFusion": "by_datafusion", "Spark": "by_spark"}


def attempt(action):
    try:
        return action()
    except BaseException as error:  # Polars panics with no Exception.
        if isinstance(error, KeyboardInterrupt):
            raise
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0][:200]}


def rows_of(table):
    return canonical(table.column(0))


def read_rows(library, path):
    table = library.read(path)
    return {"rows": rows_of(table), "family": family(table.column(0).type)}


def run(directory, libraries):
    decimal.getcontext().prec = 200
    writers = {name: writer for library in libraries for name, writer in library.writers().items()}
    for case in json.loads((directory / "cases.json").read_text()):
        for file in case["files"]:
            path = directory / file
            for library in libraries:
                if path.suffix in library.EXTENSIONS:
                    result = attempt(lambda: read_rows(library, path))
                    emit(case=case["name"], reader=library.NAME, file=file, **result)
        write_all(directory, case, writers)


def write_all(directory, case, writers):
    try:
        table = by_pyarrow.read(directory / case["files"][0])
        expected = rows_of(table)
    except Exception:  # A type that pyarrow does not have; the reader has said so.
        return
    for number, (writer, (extension, write)) in enumerate(writers.items()):
        file = f"{case['name']}.{number}{extension}"
        result = attempt(lambda: write(table, directory / file)) or {}
        if "error" not in result:
            back = attempt(lambda: read_rows(by_pyarrow, directory / file))
            result = {} if back.get("rows") == expected else {"back": back}
        emit(case=case["name"], writer=writer, file=file, **result)


def emit(**line):
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    faulthandler.enable()
    # What Java prints must not come among the lines of JSON.
    lines, sys.stdout = os.fdopen(os.dup(1), "w"), sys.stderr
    os.dup2(2, 1)
    loaded = {name: load(module) for name, module in OTHERS.items()}
    sys.stdout = lines
    versions = {name: library.VERSION if library else "absent" for name, library in loaded.items()}
    emit(versions={by_pyarrow.NAME: by_pyarrow.VERSION} | versions)
    run(Path(sys.argv[1]), [by_pyarrow, *filter(None, loaded.values())])
    lines.flush()
