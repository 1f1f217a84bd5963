"""Polars: synthetic rows in a frame, lazy or not, batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Union

import pyarrow as pa

from .augmenting import Ratio, augment

if TYPE_CHECKING:
    import polars


def record_batches(frame: Union[polars.DataFrame, polars.LazyFrame]) -> Iterator[pa.RecordBatch]:
    """Give the rows of a frame as record batches; a lazy one is computed batch by batch."""
    import polars

    parts = frame.collect_batches() if isinstance(frame, polars.LazyFrame) else [frame]
    # Texts as offsets and bytes: views are not known everywhere.
    oldest = polars.CompatLevel.oldest()
    for part in parts:
        yield from part.to_arrow(compat_level=oldest).to_batches()


def augment_frame(
    frame: Union[polars.DataFrame, polars.LazyFrame], *, model: str, ratio: Ratio, **options: Any
) -> Iterator[polars.DataFrame]:
    """Mix synthetic rows into a frame.

    Args:
        frame: the data. A lazy one is computed as it is needed, and never held whole.
        model: directory of a saved model, trained on `record_batches` of such a frame.
        ratio: share of the output rows that is synthetic.
        options: more of `augment`.

    Yields:
        Frames: `polars.concat` joins them, and each can be written on its own.
    """
    import polars

    for batch in augment(record_batches(frame), model=model, ratio=ratio, **options):
        made = polars.from_arrow(batch)
        assert isinstance(made, polars.DataFrame)
        yield made
