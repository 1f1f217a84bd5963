"""Shares of a sample by level, and taking them."""

from __future__ import annotations

import random
from typing import Any, Dict, Hashable, List, Mapping, Optional

import pyarrow as pa


def share_out(counts: Mapping[Any, int], rows: int) -> Dict[Any, int]:
    """Share out `rows` by the counts of levels: each to one row, and one at least.

    The largest remainders get what rounding down leaves (Hamilton's method).
    """
    total = sum(counts.values())
    exact = {level: rows * count / total for level, count in counts.items()}
    shares = {level: max(int(share), 1) for level, share in exact.items()}
    by_remainder = sorted(
        counts, key=lambda level: (int(exact[level]) - exact[level], -counts[level], str(level))
    )
    left = rows - sum(shares.values())
    for level in by_remainder:
        if left <= 0:
            break
        if shares[level] < counts[level]:
            shares[level] += 1
            left -= 1
    while sum(shares.values()) > rows and max(shares.values()) > 1:
        # Levels that have one row at least may be one too many together.
        shares[max(shares, key=lambda level: shares[level])] -= 1
    return shares


def take_shares(
    drawn: pa.Table, target: Optional[str], shares: Mapping[Any, int], seed: int
) -> pa.Table:
    """Take of each level as many rows as its share, at random, and keep their order.

    Args:
        drawn: rows, more than are wanted.
        target: the column of levels; without it all rows are one level, None.
        shares: rows by level.
        seed: same rows and seed: same choice.
    """
    levels = [None] * drawn.num_rows if target is None else drawn[target].to_pylist()
    places: Dict[Hashable, List[int]] = {}
    for place, level in enumerate(levels):
        places.setdefault(level, []).append(place)
    source = random.Random(seed)
    taken: List[int] = []
    for level, each in places.items():
        taken += source.sample(each, min(shares.get(level, 0), len(each)))
    return drawn.take(pa.array(sorted(taken), pa.int64()))
