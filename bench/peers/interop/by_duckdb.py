"""DuckDB, with a Parquet of its own."""

import duckdb
import pyarrow as pa

NAME = "DuckDB"
VERSION = duckdb.__version__
EXTENSIONS = (".parquet",)


def read(path):
    return duckdb.connect().sql(f"select * from '{path}'").to_arrow_table()


def writers():
    return {
        "DuckDB": copy("codec 'snappy'"),
        "DuckDB v2 zstd": copy("parquet_version v2, codec 'zstd', dictionary_size_limit 1"),
    }


def copy(options):
    def write(table, path):
        if pa.types.is_duration(table.schema.field(0).type):
            raise NotImplementedError("durations become intervals, which pyarrow has not")
        connection = duckdb.connect()
        connection.register("corpus", table)
        connection.execute(f"copy (select * from corpus) to '{path}' (format parquet, {options})")

    return ".parquet", write
