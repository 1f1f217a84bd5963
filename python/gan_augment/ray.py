"""Ray Data: synthetic rows in a dataset, a block at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .augmenting import Ratio, augment

if TYPE_CHECKING:
    from ray.data import Dataset


def augment_dataset(dataset: Dataset, *, model: str, ratio: Ratio, **options: Any) -> Dataset:
    """Mix synthetic rows into a Ray dataset: its blocks are the partitions, by their numbers.

    Ray tells a task of `map_batches` no number, so the blocks are computed first, into Ray's object
    store; each is then a task of its own, which gives the same rows however often it is tried.

    Args:
        dataset: the data.
        model: directory of a saved model that every node has.
        ratio: share of the output rows that is synthetic, to within one row a block.
        options: more of `augment`.

    Returns:
        A dataset of the augmented blocks.
    """
    import ray

    @ray.remote  # type: ignore[untyped-decorator]
    def task(table: pa.Table, partition: int) -> pa.Table:
        batches = augment(table, model=model, ratio=ratio, partition=partition, **options)
        made = list(batches)
        return pa.Table.from_batches(made) if made else table

    blocks = enumerate(dataset.to_arrow_refs())
    return ray.data.from_arrow_refs([task.remote(block, number) for number, block in blocks])
