"""Spark: a sample to train on, the model on every executor, and `map_in_arrow`."""

from __future__ import annotations

import atexit
import hashlib
import math
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Iterator, Mapping, Optional, Tuple, Union

import pyarrow as pa

from .augmenting import Ratio, augment
from .errors import DataError, InvalidOptionError
from .stratify import share_out, take_shares

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class ShippedModel:
    """A model that Spark brings to every executor: see `ship_model`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def path(self) -> str:
        """Give its directory on this executor."""
        from pyspark import SparkFiles

        return str(SparkFiles.get(self.name))


def ship_model(spark: SparkSession, model: str) -> ShippedModel:
    """Give a saved model to Spark, which unpacks it on every executor, also on those to come.

    Args:
        spark: the session.
        model: directory of a saved model, on the driver.

    Returns:
        What `map_in_arrow` takes as `model`.
    """
    content = hashlib.sha256()
    files = sorted(path for path in Path(model).iterdir() if path.is_file())
    for path in files:
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    # Another model has another name: Spark does not bring a file again that it has brought before.
    name = f"gan-augment-{content.hexdigest()[:16]}"
    folder = Path(tempfile.mkdtemp(prefix="gan-augment-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    archive = folder / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for path in files:
            tar.add(path, path.name)
    spark.sparkContext.addArchive(f"{archive}#{name}")
    return ShippedModel(name)


def draw_sample(
    df: DataFrame, rows: int = 50_000, *, target: Optional[str] = None, seed: int = 0
) -> pa.Table:
    """Draw rows to train on, evenly from all of the data, to the driver.

    Two jobs: one counts, one draws. With `target` each of its levels is in the sample by its share,
    to one row, and with one row at least.

    Args:
        df: the data.
        rows: rows to draw, at most; they are held in the driver's memory.
        target: the column of labels.
        seed: same data, partitions and seed: same rows.

    Returns:
        The rows, in the order of the data.
    """
    from pyspark.sql import functions

    if target is None:
        total = df.count()
        if total <= rows:
            return df.toArrow()
        drawn = df.sample(_generous(rows, total), seed).toArrow()
        return take_shares(drawn, None, {None: rows}, seed)
    counts: Dict[Any, int] = {
        row[0]: row[1] for row in df.groupBy(functions.col(target)).count().collect()
    }
    if sum(counts.values()) <= rows:
        return df.toArrow()
    shares = share_out(counts, rows)
    chosen = functions.rand(seed)
    limit = functions.lit(0.0)
    for level, share in shares.items():
        is_level = functions.col(target).eqNullSafe(functions.lit(level))
        limit = functions.when(is_level, _generous(share, counts[level])).otherwise(limit)
    return take_shares(df.where(chosen < limit).toArrow(), target, shares, seed)


def _generous(wanted: int, total: int) -> float:
    """Give a chance by which at least `wanted` of `total` are drawn, all but surely."""
    spread = 6 * math.sqrt(wanted) + 10
    return min(1.0, (wanted + spread) / max(total, 1))


def map_in_arrow(
    df: DataFrame,
    *,
    model: Union[str, ShippedModel],
    ratio: Ratio,
    exact: bool = False,
    mark: Optional[str] = None,
    **options: Any,
) -> DataFrame:
    """Mix synthetic rows into a DataFrame, a partition at a time.

    A partition's rows depend on the seed and its number alone: tasks that are tried again, and
    speculative ones, give the same.

    Args:
        df: the data. Its partitions must be the same each time that they are computed.
        model: directory of a saved model that every executor has, or what `ship_model` gave.
        ratio: share of the output rows that is synthetic.
        exact: make the share exact over the whole: one job counts the partitions' rows first. Without
            it each partition rounds down by itself, to within one row.
        mark: name of a boolean column to add, true in synthetic rows.
        options: more of `augment`: seed, placement, mode, limit (of a partition), where, balance.

    Returns:
        A DataFrame, computed when Spark is asked for it, with `df`'s columns.

    Raises:
        InvalidOptionError: if an option is one that Spark decides.
    """
    from pyspark.sql.types import BooleanType, StructField, StructType

    for name in ("partition", "rows_before"):
        if name in options:
            raise InvalidOptionError(f"{name} is known by Spark. Leave it out; see 'exact'")
    counted = _count_partitions(df) if exact else None
    fields = list(df.schema.fields)
    if mark is not None:
        fields.append(StructField(mark, BooleanType(), False))
    task = _Task(model, {**options, "ratio": ratio, "mark": mark}, counted)
    return df.mapInArrow(task, StructType(fields))


def _count_partitions(df: DataFrame) -> Dict[int, Tuple[int, int]]:
    """Count, by partition, the rows before it and its own."""
    from pyspark.sql import functions

    number = functions.spark_partition_id().alias("number")
    counts = {row[0]: row[1] for row in df.groupBy(number).count().collect()}
    before = 0
    counted = {}
    for partition in sorted(counts):
        counted[partition] = (before, counts[partition])
        before += counts[partition]
    return counted


class _Task:
    """What an executor does with a partition."""

    def __init__(
        self,
        model: Union[str, ShippedModel],
        options: Mapping[str, Any],
        counted: Optional[Dict[int, Tuple[int, int]]],
    ) -> None:
        self._model = model
        self._options = options
        self._counted = counted

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None
        partition = context.partitionId()
        model = self._model if isinstance(self._model, str) else self._model.path()
        options = {**self._options, "partition": partition}
        if self._counted is None:
            return augment(batches, model=model, **options)
        before, expected = self._counted.get(partition, (0, 0))
        counted = _check_count(batches, partition, expected)
        return augment(counted, model=model, rows_before=before, **options)


def _check_count(
    batches: Iterator[pa.RecordBatch], partition: int, expected: int
) -> Iterator[pa.RecordBatch]:
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        yield batch
    if rows != expected:
        raise DataError(
            f"partition {partition} had {expected} rows when it was counted, and now has {rows}: the "
            "data, or its partitions, change from one computation to the next. Persist it first, or "
            "leave 'exact' out"
        )
