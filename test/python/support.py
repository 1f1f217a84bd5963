"""What the tests share: the penguins, the model that the runner has made, and stand-ins."""

import contextlib
import os
import shlex
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa

import gan_augment

root = Path(__file__).resolve().parents[2]
model = os.environ["GAN_AUGMENT_TEST_MODEL"]
here = Path(__file__).parent


def penguins():
    return pa.ipc.open_stream(str(root / "fixtures/penguins.arrows")).read_all()


def numbered(rows):
    """The penguins over and over, as a table of so many rows, in batches of 100."""
    table = penguins()
    tables = [table] * (rows // table.num_rows + 1)
    return pa.concat_tables(tables).slice(0, rows).combine_chunks()


def real_rows(table, mark="is_synthetic"):
    return table.filter(pa.compute.invert(table[mark])).drop_columns([mark])


def rows_of(batches):
    return sum(batch.num_rows for batch in batches)


@contextlib.contextmanager
def environment(**values):
    before = {name: os.environ.get(name) for name in values}
    for name, value in values.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextlib.contextmanager
def fake_worker(way, *more):
    words = [sys.executable, str(here / "fake_worker.py"), way, *more]
    with environment(GAN_AUGMENT=shlex.join(words)):
        try:
            yield
        finally:
            gan_augment.close_workers()


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


def wait_until(holds):
    """Wait until something holds; the runner ends a test that waits for ever."""
    while not holds():
        time.sleep(0.02)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that nobody has waited for yet has ended too.
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(") ", 1)[1][0] != "Z"
