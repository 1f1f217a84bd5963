"""DataFusion, which reads and writes Parquet by the Rust crate `parquet`."""

import datafusion
from datafusion import SessionConfig, SessionContext

NAME = "DataFusion"
VERSION = datafusion.__version__
EXTENSIONS = (".parquet",)

# More partitions would give the rows in any order.
CONTEXT = SessionContext(SessionConfig().with_target_partitions(1))


def read(path):
    return CONTEXT.read_parquet(str(path)).to_arrow_table()


def writers():
    return {
        "DataFusion": copy("'compression' 'zstd(3)'"),
        "DataFusion v2 lz4, small pages": copy(
            "'compression' 'lz4_raw', 'writer_version' '2.0', 'data_page_row_count_limit' '20', "
            "'dictionary_enabled' 'false', 'max_row_group_size' '50'"
        ),
    }


def copy(options):
    def write(table, path):
        context = SessionContext(SessionConfig().with_target_partitions(1))
        context.from_arrow(table, "corpus")
        context.sql(f"copy corpus to '{path}' stored as parquet options ({options})").collect()

    return ".parquet", write
