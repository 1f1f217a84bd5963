"""Makes the files beside it, with pyarrow 26 and Polars 2.1: made-up data, CC0."""

import polars as pl
import pyarrow as pa
import pyarrow.ipc as ipc

rows = 300
table = pa.table(
    {
        "number": pa.array([None if k % 7 == 0 else k for k in range(rows)], pa.int32()),
        "word": pa.array([f"word {k % 13}" for k in range(rows)]),
        "kind": pa.array(["abc"[k % 3] for k in range(rows)]).dictionary_encode(),
        "list": pa.array([[k] * (k % 3) for k in range(rows)], pa.list_(pa.int16())),
    }
)
view = table.append_column("view", pa.array(["a rather long word"] * rows, pa.string_view()))

for codec in ["lz4", "zstd", "uncompressed"]:
    options = ipc.IpcWriteOptions(compression=None if codec == "uncompressed" else codec)
    for make, suffix in [(ipc.new_file, "arrow"), (ipc.new_stream, "arrows")]:
        with make(f"pyarrow-{codec}.{suffix}", view.schema, options=options) as writer:
            writer.write_table(view, 200)

for codec in ["lz4", "zstd", "uncompressed"]:
    pl.from_arrow(table).write_ipc(f"polars-{codec}.arrow", compression=codec)


def stream(batches, **options):
    sink = pa.BufferOutputStream()
    with ipc.new_stream(sink, batches[0].schema, options=ipc.IpcWriteOptions(**options)) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


def words(*values):
    return pa.record_batch({"word": pa.array(values).dictionary_encode()})


with open("deltas.arrows", "wb") as file:
    file.write(stream([words("a", "b"), words("a", "b", "c")], emit_dictionary_deltas=True))
with open("replaced.arrows", "wb") as file:
    file.write(stream([words("a", "b"), words("c", "d")]))
with open("joined.arrows", "wb") as file:
    file.write(stream([words("a", "b")]) + stream([words("c", "a")]))
with open("unlike.arrows", "wb") as file:
    file.write(stream([words("a")]) + stream([pa.record_batch({"word": pa.array([1])})]))

run_ends = pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array(["a"]))
nested = pa.StructArray.from_arrays([pa.array([[1]], pa.list_view(pa.int32()))], ["inner"])
for name, array in [("run-end", run_ends), ("list-view", nested)]:
    with open(f"{name}.arrows", "wb") as file:
        file.write(stream([pa.record_batch({"outer": array})]))
