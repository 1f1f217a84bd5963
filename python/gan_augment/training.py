"""`train`: a model of a sample, by `gan-augment train`."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections import deque
from typing import Any, Deque, Dict, Iterable, List, Optional, Union

import pyarrow as pa

from .binary import find_command
from .errors import DataError, InvalidOptionError, TrainingError
from .process import log


def train(
    sample: Union[pa.Table, Iterable[pa.RecordBatch]],
    model: str,
    *,
    target: Optional[str] = None,
    seed: int = 0,
    rows: Optional[int] = None,
    steps: Optional[int] = None,
    epochs: Optional[float] = None,
    recipe: Optional[str] = None,
    threads: Optional[int] = None,
) -> Dict[str, Any]:
    """Train a model on a sample that an engine drew, and save it.

    Args:
        sample: rows of the data; their order does not matter, but that they stand for all of it does.
        model: directory to save the model in.
        target: the column of labels.
        seed: same sample and seed: same model.
        rows: train on the first so many rows. Default: all of a table, else at most 50,000.
        steps: training steps. Default: those of the recipe.
        epochs: times that each row is seen, instead of `steps`.
        recipe: name of a recipe, or JSON of what is different from one.
        threads: native threads. Default: 1.

    Returns:
        What `gan-augment train --json` says: the model's id, among others.

    Raises:
        InvalidOptionError: if the options or the rows are refused; the message says why.
        TrainingError: if the training fails.
    """
    is_table = isinstance(sample, pa.Table)
    batches = sample.to_batches() if isinstance(sample, pa.Table) else iter(sample)
    if rows is None and is_table:
        rows = max(sample.num_rows, 2)  # type: ignore[union-attr]
    flags = {
        "target": target,
        "seed": seed,
        "fit-rows": rows,
        "steps": steps,
        "epochs": epochs,
        "recipe": recipe,
        "threads": threads,
    }
    said = [f"--{name}={value}" for name, value in flags.items() if value is not None]
    command = [*find_command(), "train", "-", "-o", os.fspath(model), "--json", *said]
    schema = sample.schema if isinstance(sample, pa.Table) else None
    return _run(command, iter(batches), schema)


def _run(
    command: List[str], batches: Iterable[pa.RecordBatch], schema: Optional[pa.Schema]
) -> Dict[str, Any]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    lines: Deque[str] = deque(maxlen=5)
    with process:
        assert process.stdin and process.stdout and process.stderr
        listener = threading.Thread(target=_listen, args=(process.stderr, lines), daemon=True)
        listener.start()
        try:
            _write(process.stdin, batches, schema)
            summary = process.stdout.read()
            code = process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            listener.join(timeout=5)
    if code == 0:
        about: Dict[str, Any] = json.loads(summary)
        return about
    message = next(reversed(lines), f"gan-augment train ended with exit code {code}")
    raise (InvalidOptionError if code == 2 else TrainingError)(message)


def _write(stream: Any, batches: Iterable[pa.RecordBatch], schema: Optional[pa.Schema]) -> None:
    writer: Optional[pa.ipc.RecordBatchStreamWriter] = None
    try:
        for batch in batches:
            writer = writer or pa.ipc.new_stream(stream, schema or batch.schema)
            writer.write_batch(batch)
        if writer is None:
            raise DataError("there is no batch to train on")
        writer.close()
        stream.close()
    except (BrokenPipeError, OSError):
        # It has enough rows, or has ended: its exit code says which.
        try:
            stream.close()
        except OSError:
            pass


def _listen(stream: Any, lines: Deque[str]) -> None:
    for line in stream:
        text = line.decode(errors="replace").rstrip()
        if text:
            lines.append(text)
            log.info("%s", text)
