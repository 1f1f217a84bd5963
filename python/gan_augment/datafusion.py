"""DataFusion: synthetic rows in a DataFrame, by its partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, List

import pyarrow as pa

from .augmenting import Ratio, augment

if TYPE_CHECKING:
    from datafusion import DataFrame


def augment_partitions(
    df: DataFrame, *, model: str, ratio: Ratio, **options: Any
) -> List[Iterator[pa.RecordBatch]]:
    """Mix synthetic rows into a DataFusion DataFrame, a partition at a time, by their numbers.

    Args:
        df: the data.
        model: directory of a saved model.
        ratio: share of the output rows that is synthetic, to within one row a partition.
        options: more of `augment`.

    Returns:
        The batches of each partition, computed as they are asked for.
    """
    return [
        augment(
            (batch.to_pyarrow() for batch in stream),
            model=model,
            ratio=ratio,
            partition=number,
            **options,
        )
        for number, stream in enumerate(df.execute_stream_partitioned())
    ]
