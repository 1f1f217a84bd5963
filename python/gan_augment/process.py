"""The process of `gan-augment serve --stdio`, fed and drained by threads that take no decisions."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import threading
from collections import deque
from typing import IO, Any, Deque, Dict, List, Optional, Sequence, Tuple, Union

from . import frames

log = logging.getLogger("gan_augment")

#: What a worker says: the kind of a frame, and its bytes or its JSON; None when it has ended.
Said = Optional[Tuple[bytes, Union[bytes, Dict[str, Any]]]]

_piece = 2**20
_most_unread = 2**23
_most_unsent = 2**22
_kept_lines = 20


class Process:
    """A process that speaks in frames.

    Two threads move bytes, so that neither side ever waits for the other in a circle; each holds no
    more than a few MiB. All else happens on the thread of the caller.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # So that all that it starts can be ended, and Ctrl-C is for the caller to deal with.
            start_new_session=os.name == "posix",
        )
        self._changed = threading.Condition()
        self._unread: Deque[Said] = deque()
        self._unread_bytes = 0
        self._unsent: Deque[Sequence[Any]] = deque()
        self._unsent_bytes = 0
        self._is_closed = False
        self._lines: Deque[str] = deque(maxlen=_kept_lines)
        threads = [
            threading.Thread(target=each, name=f"gan-augment {each.__name__}", daemon=True)
            for each in (self._read, self._write, self._listen)
        ]
        for thread in threads:
            thread.start()
        self._threads = threads

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def can_send(self) -> bool:
        """Whether there is room for more that is to be sent."""
        return self._unsent_bytes < _most_unsent

    def send(self, parts: Sequence[Any]) -> None:
        """Send bytes, or what has them, in the background."""
        with self._changed:
            self._unsent.append(parts)
            self._unsent_bytes += sum(memoryview(part).nbytes for part in parts)
            self._changed.notify_all()

    def receive(self, until_can_send: bool = False) -> Tuple[bool, Said]:
        """Wait for the next thing that the process says.

        Args:
            until_can_send: stop waiting when there is room for more that is to be sent.

        Returns:
            Whether it said something, and what.
        """
        with self._changed:
            while not self._unread:
                if until_can_send and self.can_send:
                    return False, None
                self._changed.wait()
            said = self._unread[0]
            # The end stays the end.
            if said is not None:
                self._unread.popleft()
                self._unread_bytes -= len(said[1])
                self._changed.notify_all()
            return True, said

    def kill(self) -> None:
        """End the process, and all that it started, at once."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        try:
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        except (ProcessLookupError, PermissionError):
            pass
        self._process.wait()
        for thread in self._threads:
            # They end with the pipes; one that does not must not hold up the caller.
            thread.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            try:
                _pipe(stream).close()
            except OSError:
                # What it had not read yet is lost, as is meant.
                pass

    def describe_end(self) -> str:
        """Say how the process ended, and what it said last."""
        code = self._process.wait()
        self._threads[-1].join(timeout=5)
        how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return ". ".join([how, *self._lines])

    def let_go(self) -> None:
        """Close this process's ends of the pipes, of a worker that is another process's."""
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                # Not close(): a buffer that was copied half full must not be written here too.
                try:
                    os.close(stream.fileno())
                except (OSError, ValueError):
                    pass

    def _read(self) -> None:
        stream = _pipe(self._process.stdout)
        try:
            while True:
                kind, length = frames.read_head(stream)
                if kind == frames.DATA:
                    while length > 0:
                        part = frames.read_exactly(stream, min(length, _piece))
                        length -= len(part)
                        self._put((kind, part))
                else:
                    self._put((kind, json.loads(frames.read_exactly(stream, length))))
        except (EOFError, OSError, ValueError):
            self._put(None)

    def _put(self, said: Said) -> None:
        with self._changed:
            while self._unread_bytes > _most_unread and not self._is_closed:
                self._changed.wait()
            self._unread.append(said)
            self._unread_bytes += 0 if said is None else len(said[1])
            self._changed.notify_all()

    def _write(self) -> None:
        stream = _pipe(self._process.stdin)
        while True:
            with self._changed:
                while not self._unsent and not self._is_closed:
                    self._changed.wait()
                if self._is_closed:
                    return
                parts = self._unsent.popleft()
            try:
                for part in parts:
                    stream.write(part)
                stream.flush()
            except (OSError, ValueError):
                # It has ended, or no longer reads: the reading thread says so.
                return
            with self._changed:
                self._unsent_bytes -= sum(memoryview(part).nbytes for part in parts)
                self._changed.notify_all()

    def _listen(self) -> None:
        for line in _pipe(self._process.stderr):
            text = line.decode(errors="replace").rstrip()
            if text:
                self._lines.append(text)
                log.warning("%s", text)


def _pipe(stream: Optional[IO[bytes]]) -> IO[bytes]:
    assert stream is not None
    return stream
