"""The shape of the adult census table as CTGAN encodes it, as in bench/compute/ctgan.ts."""

import numpy

LEVELS = [9, 16, 7, 15, 6, 5, 2, 42, 2]
MODES = [9, 9, 10, 5, 2, 10]
CONDITION = sum(LEVELS)
WIDTH = len(MODES) + sum(MODES) + CONDITION

# Spans of a row: numbers with their modes first, then the categories.
SPANS = [(size, kind) for size in MODES for kind in ("number", "mode")]
SPANS = [(1 if kind == "number" else size, kind) for size, kind in SPANS]
SPANS += [(size, "category") for size in LEVELS]


def adult_table(rows):
    """Random rows, encoded: float32 [rows, WIDTH]."""
    random = numpy.random.default_rng(1)
    parts = []
    for size, kind in SPANS:
        if kind == "number":
            parts.append(random.uniform(-1, 1, (rows, 1)))
        else:
            parts.append(numpy.eye(size)[random.integers(size, size=rows)])
    return numpy.concatenate(parts, axis=1).astype("float32")
