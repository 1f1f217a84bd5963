"""Makes the files beside it, with pyarrow 26: small ones that become gigabytes. Made-up data, CC0."""

import pathlib

import numpy
import pyarrow
import pyarrow.ipc
import pyarrow.parquet

here = pathlib.Path(__file__).parent

zeros = pyarrow.array(numpy.zeros(2**26, dtype=numpy.int64))
table = pyarrow.table({f"c{k}": zeros for k in range(2)})
options = pyarrow.ipc.IpcWriteOptions(compression="zstd")
with pyarrow.ipc.new_stream(here / "zeros.arrows", table.schema, options=options) as writer:
    writer.write_batch(table.to_batches()[0])

for name, values in {
    # A dictionary of one long text, and as many references to it as there are rows.
    "dictionary": pyarrow.DictionaryArray.from_arrays(
        numpy.zeros(20_000, dtype=numpy.int32), ["x" * 1_000_000]
    ),
    # One row with very many items.
    "list": pyarrow.array([numpy.zeros(200_000_000, dtype=numpy.int8)]),
    # One page of very many bytes.
    "page": pyarrow.array([b"\0" * 500_000_000]),
}.items():
    pyarrow.parquet.write_table(
        pyarrow.table({"x": values}),
        here / f"{name}.parquet",
        compression="zstd",
        use_dictionary=name != "page",
        write_statistics=False,
        row_group_size=2**31,
        store_schema=False,
    )
