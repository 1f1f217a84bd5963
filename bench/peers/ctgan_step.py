"""Time of one training step of SDV's ctgan package, for `npm run bench -- compute`.

usage: ctgan_step.py THREADS STEPS; prints one line of JSON.
Its own fit() runs on a table that is already encoded, so that only the training is timed: a step
is from one update of the generator to the next, with the drawing of rows and conditions in it.
"""

import json
import sys
import time

import ctgan
import torch
from adult_shape import SPANS, WIDTH, adult_table
from ctgan.data_transformer import SpanInfo
from ctgan.synthesizers import ctgan as synthesizer
from memory import peak_mib

BATCH = 500
WARM_UP = 5


class Encoded:
    """Stands for the package's transformer: the table is encoded already."""

    output_dimensions = WIDTH
    output_info_list = [
        [SpanInfo(1, "tanh"), SpanInfo(following[0], "softmax")]
        if kind == "number"
        else [SpanInfo(size, "softmax")]
        for (size, kind), following in zip(SPANS, SPANS[1:] + [None])
        if kind != "mode"
    ]

    def fit(self, table, discrete_columns):
        pass

    def transform(self, table):
        return table


def main():
    threads, steps = int(sys.argv[1]), int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    updates = []

    class TimedAdam(torch.optim.Adam):
        def step(self, *args, **kwargs):
            super().step(*args, **kwargs)
            updates.append(time.perf_counter())

    synthesizer.DataTransformer = Encoded
    synthesizer.optim.Adam = TimedAdam
    table = adult_table(30_000)
    wanted = steps + WARM_UP + 1
    epochs = -(-wanted // (len(table) // BATCH))
    # One epoch more than needed is trained; only the wanted steps are reported.
    ctgan.CTGAN(batch_size=BATCH, epochs=epochs, enable_gpu=False).fit(table)
    ends = updates[1::2]
    times = [(end - start) * 1000 for start, end in zip(ends, ends[1:])]
    times = times[WARM_UP : WARM_UP + steps]
    print(json.dumps({"peer": f"ctgan {ctgan.__version__}", "ms": times, "peakMiB": peak_mib()}))


main()
