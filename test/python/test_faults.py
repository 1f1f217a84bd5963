import os
import signal
import threading
import unittest

import gan_augment
from gan_augment import augment
from gan_augment import worker as workers
from support import (
    fake_worker,
    folder,
    is_running,
    model,
    numbered,
    penguins,
    rows_of,
    wait_until,
)


def endless():
    batch = numbered(1_000).to_batches()[0]
    while True:
        yield batch


def copy(way, *more):
    with fake_worker(way, *more):
        return rows_of(augment(penguins(), model=model, ratio=0))


class Faults(unittest.TestCase):
    def tearDown(self):
        gan_augment.close_workers()

    def test_the_stand_in_copies(self):
        self.assertEqual(copy("sound"), 344)

    def test_a_process_that_dies_in_the_middle_is_an_error_with_its_last_words(self):
        with self.assertRaisesRegex(gan_augment.WorkerError, "exit code 3.*the last words"):
            copy("die-in-stream")

    def test_an_answer_that_ends_early_is_never_taken_for_whole(self):
        for way in ("drop-tail", "no-end"):
            with self.subTest(way), self.assertRaises(gan_augment.WorkerError):
                copy(way)
        with self.assertRaisesRegex(gan_augment.IncompleteStreamError, "343 of 344 real"):
            copy("drop-rows")

    def test_a_process_that_died_between_streams_is_replaced(self):
        with fake_worker("die-when-idle"):
            for _ in range(3):
                self.assertEqual(rows_of(augment(penguins(), model=model, ratio=0)), 344)

    def test_a_new_process_that_dies_at_once_is_an_error(self):
        with self.assertRaisesRegex(gan_augment.WorkerError, "the last words"):
            copy("die-at-start")

    def test_another_protocol_is_refused(self):
        with self.assertRaisesRegex(gan_augment.WorkerError, "protocol 2, and this module 1"):
            copy("protocol")

    def test_what_the_source_raises_passes_as_it_is(self):
        def failing():
            yield from penguins().to_batches()
            raise KeyError("upstream")

        with fake_worker("sound"), self.assertRaisesRegex(KeyError, "upstream"):
            list(augment(failing(), model=model, ratio=0))
        self.assertEqual(len(workers._all), 0)

    def test_leaving_the_iteration_kills_the_process(self):
        made = augment(endless(), model=model, ratio=0.3)
        next(made)
        (worker,) = list(workers._all)
        pid = worker.process._process.pid

        made.close()

        self.assertFalse(is_running(pid))

    def test_a_process_that_is_killed_is_an_error_at_once(self):
        made = augment(endless(), model=model, ratio=0.3)
        next(made)
        (worker,) = list(workers._all)

        os.kill(worker.process._process.pid, signal.SIGKILL)

        with self.assertRaisesRegex(gan_augment.WorkerError, "killed by signal 9"):
            for _ in made:
                pass

    def test_an_interrupt_while_waiting_kills_the_process(self):
        with folder() as path, fake_worker("hang", str(path / "pid")):

            def interrupt():
                wait_until(lambda: (path / "pid").exists() and (path / "pid").read_text())
                os.kill(os.getpid(), signal.SIGINT)

            threading.Thread(target=interrupt).start()
            with self.assertRaises(KeyboardInterrupt):
                list(augment(penguins(), model=model, ratio=0))
            pid = int((path / "pid").read_text())
            self.assertFalse(is_running(pid))

    def test_an_error_of_one_stream_leaves_the_process_for_the_next(self):
        list(augment(penguins(), model=model, ratio=0.3))
        before = list(workers._all)

        for options in ({"ratio": 2}, {"ratio": 0.3, "mark": "sex"}):
            with self.assertRaises(gan_augment.GanAugmentError):
                list(augment(penguins(), model=model, **options))
        rows = rows_of(augment(penguins(), model=model, ratio=0.3))

        self.assertEqual(rows, 491)
        self.assertEqual(list(workers._all), before)

    def test_streams_at_the_same_time_have_a_process_each(self):
        with fake_worker("sound"):
            streams = [augment(endless(), model=model, ratio=0) for _ in range(2)]
            counted = []

            def run():
                counted.append(rows_of(augment(numbered(3_000), model=model, ratio=0)))

            threads = [threading.Thread(target=run) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(counted, [3_000] * 4)
            for stream in streams:
                stream.close()

    @unittest.skipUnless(hasattr(os, "fork"), "needs fork")
    def test_a_fork_starts_processes_of_its_own_and_holds_no_pipes(self):
        list(augment(penguins(), model=model, ratio=0.3))
        (worker,) = list(workers._all)
        ready, go = os.pipe(), os.pipe()

        child = os.fork()
        if child == 0:
            is_clean = not workers._free and not list(workers._all)
            os.write(ready[1], b"y" if is_clean else b"n")
            os.read(go[0], 1)
            os._exit(0)
        answer = os.read(ready[0], 1)
        # The child lives, and the worker ends all the same when its parent closes the pipe.
        worker.process._process.stdin.close()
        code = worker.process._process.wait()
        os.write(go[1], b"g")
        os.waitpid(child, 0)

        self.assertEqual((answer, code), (b"y", 0))


if __name__ == "__main__":
    unittest.main()
