"""Makes the encrypted files beside it, with pyarrow 26; other bytes each time. Made-up data, CC0."""

import base64
import pathlib

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
