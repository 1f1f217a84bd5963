"""Makes files beside it, with pyarrow 26 and DuckDB 2.0; other bytes each time. Made-up data, CC0."""

import base64
import datetime
import pathlib

import duckdb
import numpy
import pyarrow
import pyarrow.parquet
from pyarrow.parquet import encryption

here = pathlib.Path(__file__).parent


class PlainKeys(encryption.KmsClient):
    """Keys that protect nothing."""

    def __init__(self, config):
        super().__init__()

    def wrap_key(self, key, master_key):
        return base64.b64encode(key)

    def unwrap_key(self, wrapped, master_key):
        return base64.b64decode(wrapped)


table = pyarrow.table({"a": list(range(10)), "b": ["x"] * 10})
factory = encryption.CryptoFactory(PlainKeys)
for name, plaintext_footer in [("footer", False), ("column", True)]:
    configuration = encryption.EncryptionConfiguration(
        footer_key="footer", column_keys={"column": ["a"]}, plaintext_footer=plaintext_footer
    )
    properties = factory.file_encryption_properties(
        encryption.KmsConnectionConfig(), configuration
    )
    path = here / f"encrypted-{name}.parquet"
    with pyarrow.parquet.ParquetWriter(
        path, table.schema, encryption_properties=properties
    ) as writer:
        writer.write_table(table)

moments = ["2020-01-01T00:00:00.123456789", "1969-12-31T23:59:59.999999999"]
nested = {
    "s": pyarrow.array(
        [{"t": datetime.datetime(2020, 1, 1)}, None], pyarrow.struct([("t", pyarrow.timestamp("us"))])
    ),
    "l": pyarrow.array([[datetime.datetime(9999, 12, 31)], []], pyarrow.list_(pyarrow.timestamp("us"))),
}
for name, columns in [
    ("nanoseconds", {"t": pyarrow.array(numpy.array(moments, dtype="datetime64[ns]")), "x": [1, 2]}),
    ("nested", nested),
]:
    pyarrow.parquet.write_table(
        pyarrow.table(columns),
        here / f"int96-{name}.parquet",
        use_deprecated_int96_timestamps=True,
        store_schema=False,
    )

duckdb.sql("select 5::VARIANT v union all select {'a': 1}::VARIANT").write_parquet(
    str(here / "variant.parquet")
)
