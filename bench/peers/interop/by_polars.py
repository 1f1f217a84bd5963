"""Polars, with a Parquet and an Arrow IPC of its own."""

import polars as pl

NAME = "Polars"
VERSION = pl.__version__
EXTENSIONS = (".parquet", ".arrow", ".arrows")


def read(path):
    reads = {".parquet": pl.read_parquet, ".arrow": pl.read_ipc, ".arrows": pl.read_ipc_stream}
    return reads[path.suffix](path).to_arrow(compat_level=pl.CompatLevel.newest())


def writers():
    return {
        "Polars": by(".parquet", "write_parquet"),
        "Polars snappy, small pages": by(
            ".parquet", "write_parquet", compression="snappy", row_group_size=50, data_page_size=64
        ),
        "Polars IPC": by(".arrow", "write_ipc"),
        "Polars IPC lz4 oldest": by(
            ".arrow", "write_ipc", compression="lz4", compat_level=pl.CompatLevel.oldest()
        ),
        "Polars stream zstd": by(".arrows", "write_ipc_stream", compression="zstd"),
    }


def by(extension, method, **options):
    return extension, lambda table, path: getattr(pl.from_arrow(table), method)(path, **options)
