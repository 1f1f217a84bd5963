"""Dask: synthetic rows in a DataFrame, a partition at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .augmenting import Ratio, augment

if TYPE_CHECKING:
    from dask.dataframe import DataFrame


def augment_dataframe(
    df: DataFrame, *, schema: pa.Schema, model: str, ratio: Ratio, **options: Any
) -> DataFrame:
    """Mix synthetic rows into a Dask DataFrame, a partition at a time, by their numbers.

    Args:
        df: the data.
        schema: the Arrow schema that the model was trained on: pandas' own types do not tell it.
        model: directory of a saved model that every worker has.
        ratio: share of the output rows that is synthetic, to within one row a partition.
        options: more of `augment`.

    Returns:
        A DataFrame with the same columns, and an index from 0 in each partition.
    """
    import dask.dataframe
    from dask import delayed

    dtypes = df.dtypes.to_dict()
    mark = options.get("mark")

    @delayed  # type: ignore[untyped-decorator]
    def task(part: Any, partition: int) -> Any:
        table = pa.Table.from_pandas(part, schema=schema, preserve_index=False)
        plain = table.replace_schema_metadata(None)
        batches = augment(plain, model=model, ratio=ratio, partition=partition, **options)
        made = list(batches)
        if not made:
            return meta
        return pa.Table.from_batches(made).to_pandas().astype(dtypes)

    meta = df._meta.iloc[:0].reset_index(drop=True)
    if mark is not None:
        meta[mark] = False
        meta[mark] = meta[mark].astype(bool)
    parts = [task(part, number) for number, part in enumerate(df.to_delayed())]
    return dask.dataframe.from_delayed(parts, meta=meta, verify_meta=False)
