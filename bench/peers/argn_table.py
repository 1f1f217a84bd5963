"""mostlyai-engine's TabularARGN at its defaults on one table, on one thread.

    argn_table.py TRAIN OUT SEED

Writes as many rows as TRAIN has to OUT (Parquet), and prints one JSON line: seconds of the processor
and peak memory.
"""
import json
import os
import resource
import sys
import time

os.environ['OMP_NUM_THREADS'] = '1'
import pandas as pd  # noqa: E402
import torch  # noqa: E402
from mostlyai.engine import TabularARGN, set_random_state  # noqa: E402

torch.set_num_threads(1)
train, out, seed = pd.read_parquet(sys.argv[1]), sys.argv[2], int(sys.argv[3])
set_random_state(random_state=seed)
model = TabularARGN(verbose=0)
start = time.process_time()
model.fit(train)
fitted = time.process_time()
rows = model.sample(n_samples=len(train))
sampled = time.process_time()
rows[list(train)].to_parquet(out, index=False)
print(json.dumps({
    'fitSeconds': fitted - start,
    'sampleSeconds': sampled - fitted,
    'peakMiB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
