"""The framing of `gan-augment serve --stdio`: see docs/serve.md."""

from __future__ import annotations

import json
import struct
from typing import IO, Any, Mapping, Tuple

#: Version of the framing that this module speaks.
PROTOCOL = 1

READY, START, STARTED, DATA, END, CANCEL, FAILED = b"R", b"S", b"A", b"D", b"E", b"C", b"X"

_head = struct.Struct("<cI")


def encode_head(kind: bytes, length: int) -> bytes:
    """Make the head of a frame of `length` bytes."""
    return _head.pack(kind, length)


def encode_json(kind: bytes, value: Mapping[str, Any]) -> bytes:
    """Make a frame of JSON.

    Raises:
        TypeError, ValueError: if a value is none of JSON's, or no finite number.
    """
    body = json.dumps(value, allow_nan=False).encode()
    return encode_head(kind, len(body)) + body


def read_exactly(stream: IO[bytes], count: int) -> bytes:
    """Read `count` bytes.

    Raises:
        EOFError: if there are fewer.
    """
    parts = []
    while count > 0:
        part = stream.read(count)
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_head(stream: IO[bytes]) -> Tuple[bytes, int]:
    """Read the head of a frame: its type and how many bytes follow.

    Raises:
        EOFError: if the stream ends before.
    """
    kind, length = _head.unpack(read_exactly(stream, _head.size))
    return kind, length
