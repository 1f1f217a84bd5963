"""Workers that stay: each has a model loaded, and takes one stream after another."""

from __future__ import annotations

import atexit
import os
import threading
import weakref
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

from . import frames
from .binary import find_command
from .errors import ModelError, WorkerError, error_of
from .process import Process

#: Command, model, when the model was written, threads.
Key = Tuple[Tuple[str, ...], str, int, Optional[int]]

#: Seconds after which a worker without a stream ends by itself.
_idle_seconds = 300


def key_of(model: str, threads: Optional[int] = None) -> Key:
    """Name the workers that can serve a model.

    Raises:
        ModelError: if there is no model at this path.
        BinaryNotFoundError: if `gan-augment` cannot be found.
    """
    directory = Path(model).resolve()
    try:
        # A model that is trained anew in its place is another one.
        written = (directory / "model.json").stat().st_mtime_ns
    except OSError as cause:
        raise ModelError(
            f"there is no saved model in {directory}: {cause.strerror}. Give the directory that "
            "'gan-augment train' wrote; on a cluster it must be on every machine"
        ) from cause
    return tuple(find_command()), str(directory), written, threads


class Worker:
    """A process with its model loaded."""

    def __init__(self, key: Key) -> None:
        command, model, _, threads = key
        self.key = key
        more = [] if threads is None else ["--threads", str(threads)]
        idle = ["--idle", str(_idle_seconds)]
        self.process = Process([*command, "serve", "--stdio", "--model", model, *idle, *more])
        with _lock:
            _all.add(self)

    def wait_until_ready(self) -> None:
        """Wait until the model is loaded.

        Raises:
            GanAugmentError: if it cannot be.
        """
        said = self.process.receive()[1]
        if said is None:
            raise WorkerError(f"gan-augment {self.process.describe_end()}")
        kind, about = said
        if kind == frames.FAILED:
            raise failure_of(about)
        spoken = about.get("protocol") if isinstance(about, dict) else None
        if kind != frames.READY or spoken != frames.PROTOCOL:
            raise WorkerError(
                f"gan-augment speaks protocol {spoken}, and this module {frames.PROTOCOL}. Install "
                "the same version of both"
            )

    def start_stream(self, options: Mapping[str, Any]) -> bool:
        """Begin a stream.

        Returns:
            Whether the worker has taken it; it has not if the worker has ended.

        Raises:
            GanAugmentError: if the options are refused. The worker can take another stream then.
        """
        self.process.send([frames.encode_json(frames.START, options)])
        said = self.process.receive()[1]
        if said is None:
            return False
        kind, about = said
        if kind == frames.FAILED:
            self.process.send([frames.encode_head(frames.CANCEL, 0)])
            raise failure_of(about)
        if kind != frames.STARTED:
            raise WorkerError(f"gan-augment answered with {kind!r} where a stream should begin")
        return True


def failure_of(about: Any) -> Exception:
    """Make the error that a worker tells of."""
    return error_of(str(about.get("code")), str(about.get("message")))


def begin_stream(key: Key, options: Mapping[str, Any]) -> Worker:
    """Begin a stream on a worker that is free, or on a new one.

    A free worker that has died meanwhile is replaced: nothing of the stream has been read yet.

    Raises:
        GanAugmentError: if the model or the options are refused, or no worker can be started.
    """
    while True:
        worker, is_new = _take(key)
        is_done = False
        try:
            if is_new:
                worker.wait_until_ready()
            if worker.start_stream(options):
                is_done = True
                return worker
            if is_new:
                raise WorkerError(f"gan-augment {worker.process.describe_end()}")
        except WorkerError:
            raise
        except Exception:
            # It was told of; of a refused stream the worker thinks nothing bad.
            if worker.process.is_alive:
                is_done = True
                give_back(worker)
            raise
        finally:
            if not is_done:
                discard(worker)


def _take(key: Key) -> Tuple[Worker, bool]:
    with _lock:
        free = _free.get(key, [])
        while free:
            worker = free.pop()
            if worker.process.is_alive:
                return worker, False
    return Worker(key), True


def give_back(worker: Worker) -> None:
    """Keep a worker for the next stream."""
    with _lock:
        _free.setdefault(worker.key, []).append(worker)


def discard(worker: Worker) -> None:
    """End a worker at once."""
    worker.process.kill()
    with _lock:
        _all.discard(worker)


def close_workers() -> None:
    """End all workers that are free. New ones are started when they are needed."""
    with _lock:
        workers = [worker for free in _free.values() for worker in free]
        _free.clear()
    for worker in workers:
        discard(worker)


_lock = threading.Lock()
_free: Dict[Key, List[Worker]] = {}
_all: "weakref.WeakSet[Worker]" = weakref.WeakSet()


def _forget() -> None:
    """In a fork: its workers are those of its parent, who would wait for the pipes to close."""
    global _lock
    _lock = threading.Lock()
    _free.clear()
    for worker in list(_all):
        worker.process.let_go()
    _all.clear()


atexit.register(close_workers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
