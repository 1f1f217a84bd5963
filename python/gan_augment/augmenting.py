"""`augment`: synthetic rows among those of an iterator of record batches."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, TypeVar, Union

import pyarrow as pa

from . import frames
from .errors import DataError, IncompleteStreamError, SchemaError, WorkerError
from .process import Process
from .worker import Worker, begin_stream, discard, failure_of, give_back, key_of

T = TypeVar("T")

#: A share of the output rows, or one for each class of a column.
Ratio = Union[float, Mapping[str, Any]]

_small = 2**16
_piece = 2**24


def augment(
    batches: Union[Iterable[pa.RecordBatch], pa.Table],
    *,
    model: str,
    ratio: Ratio,
    seed: Union[int, str] = 0,
    partition: int = 0,
    rows_before: Optional[int] = None,
    mark: Optional[str] = None,
    placement: Optional[str] = None,
    mode: Optional[str] = None,
    limit: Optional[int] = None,
    where: Optional[Mapping[str, Any]] = None,
    balance: Optional[str] = None,
    threads: Optional[int] = None,
) -> Iterator[pa.RecordBatch]:
    """Mix synthetic rows into record batches.

    Real rows come out all, unchanged and in order; after n of them, floor(n · ratio / (1 − ratio))
    synthetic rows have come out. The same model, seed and partition give the same rows, on whichever
    machine and however often: so a task that is tried again does not change the result.

    Batches are taken one at a time, on the thread that iterates, and a few MiB are held. The work is
    done by a process of `gan-augment`, which is kept for the next call of this process. It is killed
    when the iteration is left or fails. `batches` without a batch give none.

    Args:
        batches: record batches of one schema, with the columns that the model was trained on.
        model: directory of a saved model.
        ratio: share of the output rows that is synthetic, in [0, 1): 0.3 gives 3 for 7 real rows; or
            one for each class: {'column': 'label', 'classes': {'fraud': 0.5}, 'otherwise': 0.1}.
        seed: the same for all partitions of a job.
        partition: number of this partition; each draws rows of its own.
        rows_before: real rows of the partitions before. With it the share is exact over the whole
            job; without it, each partition rounds down by itself, to within one row.
        mark: name of a boolean column to add, true in synthetic rows.
        placement: 'interleave' (the default), each synthetic row after the one that makes it due, or
            'append', those of a batch at its end.
        mode: 'append' (the default), or 'replace', where synthetic rows take the place of real ones.
        limit: synthetic rows in all, at most.
        where: values that every synthetic row has.
        balance: a column whose levels are made equally frequent.
        threads: native threads. Default: 1.

    Yields:
        Record batches, with the columns of `batches`.

    Raises:
        GanAugmentError: of a class of its own for each code of `gan-augment`, when the iteration
            begins or on the way. After an error, what has come out is not the whole.
    """
    options = {
        "ratio": ratio,
        "seed": seed,
        "partition": partition,
        "rowsBefore": rows_before,
        "mark": mark,
        "placement": placement,
        "mode": mode,
        "limit": limit,
        "where": where,
        "balance": balance,
    }
    said = {name: value for name, value in options.items() if value is not None}
    source = batches.to_batches() if isinstance(batches, pa.Table) else batches
    return _augmented(iter(source), model, threads, said)


def _augmented(
    source: Iterator[pa.RecordBatch], model: str, threads: Optional[int], options: Dict[str, Any]
) -> Iterator[pa.RecordBatch]:
    first = next(source, None)
    if first is None:
        return
    _check_batch(first)
    worker = begin_stream(key_of(model, threads), options)
    exchange = _Exchange(worker.process, first, source)
    try:
        rows = 0
        reader = exchange.read_stream(lambda: pa.ipc.open_stream(exchange))
        while True:
            batch = exchange.read_stream(lambda: next(reader, None))
            if batch is None:
                break
            rows += batch.num_rows
            yield batch
        exchange.finish(rows, replaces=options.get("mode") == "replace")
    finally:
        if exchange.is_settled:
            give_back(worker)
        else:
            discard(worker)


def _check_batch(batch: Any) -> None:
    if not isinstance(batch, pa.RecordBatch):
        raise DataError(
            f"batches must be pyarrow.RecordBatch: {type(batch).__name__}. Of a table take "
            "to_batches()"
        )


class _Exchange:
    """What pyarrow reads the answer from; while it waits, it feeds the worker.

    All of it happens on the thread that iterates: batches are asked for where the caller expects it,
    and nothing is left running when the caller is done.
    """

    def __init__(
        self, process: Process, first: pa.RecordBatch, source: Iterator[pa.RecordBatch]
    ) -> None:
        self._process = process
        self._source = source
        self._schema = first.schema
        self._sink = _Sink()
        self._writer = pa.ipc.new_stream(self._sink, first.schema)
        self._is_fed = False
        self._rows = 0
        self._parts: List[bytes] = []
        self._available = 0
        self._counts: Optional[Dict[str, Any]] = None
        self._failure: Optional[BaseException] = None
        self.closed = False
        #: Whether the worker is done with the stream, and can take another one.
        self.is_settled = False
        self._send(first)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True

    def read_stream(self, action: Callable[[], T]) -> T:
        """Do something that reads the answer as an Arrow stream.

        Raises:
            IncompleteStreamError: if the answer is none, or cut short.
        """
        try:
            return action()
        except (pa.ArrowException, OSError) as cause:
            # What was raised in here on pyarrow's behalf passes as it is.
            if self._failure is not None:
                raise self._failure
            self.is_settled = False
            raise IncompleteStreamError(
                f"the answer of gan-augment is cut short: {cause}. What has come out is not the whole"
            ) from cause

    def read(self, count: int = -1) -> bytes:
        """Give the next `count` bytes of the answer; fewer at its end."""
        try:
            while self._counts is None and (count < 0 or self._available < count):
                self._advance()
        except BaseException as failure:
            self._failure = failure
            raise
        whole = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        taken, rest = (whole, b"") if count < 0 else (whole[:count], whole[count:])
        self._parts = [rest] if rest else []
        self._available = len(rest)
        return taken

    def finish(self, rows: int, replaces: bool) -> None:
        """Check that the answer is whole."""
        while self._counts is None:
            self._advance()
        real, synthetic = self._counts["realRows"], self._counts["syntheticRows"]
        is_whole = rows == real + synthetic and self._rows == (rows if replaces else real)
        if not is_whole:
            self.is_settled = False
            raise IncompleteStreamError(
                f"rows have been lost: {self._rows} real rows went in, and {rows} of {real} real and "
                f"{synthetic} synthetic rows came out. Do not use them, and report this"
            )

    def _advance(self) -> None:
        """Take what the worker says, or give it a batch, whichever is possible first."""
        has_said, said = self._process.receive(until_can_send=not self._is_fed)
        if not has_said:
            return self._feed()
        if said is None:
            raise WorkerError(
                f"gan-augment {self._process.describe_end()}. What has come out is not the whole"
            )
        kind, about = said
        if kind == frames.DATA:
            assert isinstance(about, bytes)
            self._parts.append(about)
            self._available += len(about)
        elif kind == frames.END and self._is_fed:
            assert isinstance(about, dict)
            self._counts = about
            self.is_settled = True
        elif kind == frames.FAILED:
            if not self._is_fed:
                self._process.send([frames.encode_head(frames.CANCEL, 0)])
            self.is_settled = True
            raise failure_of(about)
        else:
            raise WorkerError(f"gan-augment answered with {kind!r} in the middle of a stream")

    def _feed(self) -> None:
        batch = next(self._source, None)
        if batch is None:
            self._is_fed = True
            self._writer.close()
            self._process.send([*self._sink.take(), frames.encode_head(frames.END, 0)])
            return
        _check_batch(batch)
        if not batch.schema.equals(self._schema):
            raise SchemaError(
                f"batch has other columns than the first: {_difference(self._schema, batch.schema)}"
            )
        self._send(batch)

    def _send(self, batch: pa.RecordBatch) -> None:
        self._rows += batch.num_rows
        self._writer.write_batch(batch)
        self._process.send(self._sink.take())


def _difference(expected: pa.Schema, found: pa.Schema) -> str:
    fields = [
        f"{have} and not {want}" for want, have in zip(expected, found) if not want.equals(have)
    ]
    return fields[0] if fields else f"{len(found)} columns and not {len(expected)}"


class _Sink:
    """What pyarrow writes a stream to: gives it as frames of data."""

    def __init__(self) -> None:
        self._parts: List[Any] = []
        self.closed = False

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        self._parts.append(data)
        return size

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        self.closed = True

    def take(self) -> List[Any]:
        """Give the frames of what was written since the last time."""
        parts, self._parts = self._parts, []
        framed: List[Any] = []
        small: List[Any] = []

        def flush_small() -> None:
            joined = b"".join(small)
            if joined:
                framed.extend((frames.encode_head(frames.DATA, len(joined)), joined))
            small.clear()

        for part in parts:
            view = memoryview(part).cast("B")
            if view.nbytes < _small:
                small.append(view)
                continue
            flush_small()
            for start in range(0, view.nbytes, _piece):
                piece = view[start : start + _piece]
                framed.extend((frames.encode_head(frames.DATA, piece.nbytes), piece))
        flush_small()
        return framed
