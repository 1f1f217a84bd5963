"""SDV's ctgan at its defaults on one table, on one thread.

    ctgan_table.py TRAIN OUT SEED

Writes as many rows as TRAIN has to OUT (CSV), and prints one JSON line: seconds of the processor,
steps and peak memory.
"""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd
import torch
from ctgan import CTGAN

torch.set_num_threads(1)
train, out, seed = pd.read_parquet(sys.argv[1]), sys.argv[2], int(sys.argv[3])
discrete = [name for name in train if not pd.api.types.is_numeric_dtype(train[name])]
for name in discrete:
    train[name] = train[name].astype(object)
torch.manual_seed(seed)
np.random.seed(seed)
epochs = 300
model = CTGAN(epochs=epochs, enable_gpu=False)
start = time.process_time()
model.fit(train, discrete)
fitted = time.process_time()
rows = model.sample(len(train))
sampled = time.process_time()
rows.to_csv(out, index=False)
print(json.dumps({
    'steps': epochs * max(len(train) // 500, 1),
    'fitSeconds': fitted - start,
    'sampleSeconds': sampled - fitted,
    'peakMiB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
