"""A stand-in for gan-augment that copies streams, and goes wrong as it is told: see test_faults."""

import io
import json
import os
import struct
import sys
import time

import pyarrow as pa

way = sys.argv[1]
source, target = sys.stdin.buffer, sys.stdout.buffer


def say(kind, payload=b"{}"):
    target.write(struct.pack("<cI", kind, len(payload)) + payload)
    target.flush()


def hear():
    head = source.read(5)
    if len(head) < 5:
        sys.exit(0)
    kind, length = struct.unpack("<cI", head)
    return kind, source.read(length)


def die():
    print("the last words", file=sys.stderr, flush=True)
    os._exit(3)


say(b"R", json.dumps({"protocol": 2 if way == "protocol" else 1}).encode())
while True:
    hear()
    if way == "die-at-start":
        die()
    if way == "hang":
        with open(sys.argv[2], "w") as file:
            file.write(str(os.getpid()))
        say(b"A")
        time.sleep(600)
    say(b"A")
    data = b""
    kind = b"D"
    while kind == b"D":
        kind, part = hear()
        data += part
        if way == "die-in-stream":
            say(b"D", data[:100])
            die()
    if kind == b"C":
        say(b"X", b'{"code": "CANCELLED", "message": "cancelled"}')
        continue
    rows = sum(batch.num_rows for batch in pa.ipc.open_stream(io.BytesIO(data)))
    counts = {"realRows": rows, "syntheticRows": 0}
    if way == "drop-tail":
        data = data[: len(data) // 2]
    if way == "drop-rows":
        table = pa.ipc.open_stream(io.BytesIO(data)).read_all()
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table.slice(1))
        data = sink.getvalue()
    say(b"D", data)
    if way == "no-end":
        die()
    say(b"E", json.dumps(counts).encode())
    if way == "die-when-idle":
        os._exit(0)
