"""SDV's ctgan at its defaults on one table, on one thread.

    ctgan_table.py TRAIN OUT SEED

Writes as many rows as TRAIN has to OUT (CSV), and prints one JSON line: seconds of the processor,
steps and peak memory. The library knows no nulls: of texts they are a level, and of numbers the mean,
with a column that tells them.
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
names = list(train)
whole = [name for name in names if name not in discrete
         and (train[name].dropna() == train[name].dropna().round()).all()]
for name in discrete:
    train[name] = train[name].astype(object).where(train[name].notna(), '<null>')
nullable = [name for name in names if train[name].isna().any()]
for name in nullable:
    train[f'{name} is null'] = train[name].isna().astype(str)
    train[name] = train[name].astype(float).fillna(train[name].mean())
    discrete.append(f'{name} is null')
torch.manual_seed(seed)
np.random.seed(seed)
epochs = 300
model = CTGAN(epochs=epochs, enable_gpu=False)
start = time.process_time()
model.fit(train, discrete)
fitted = time.process_time()
rows = model.sample(len(train))
sampled = time.process_time()
for name in whole:
    rows[name] = rows[name].round()
for name in nullable:
    rows[name] = rows[name].where(rows[f'{name} is null'] != 'True')
rows = rows[names].replace('<null>', None)
rows.to_csv(out, index=False)
print(json.dumps({
    'steps': epochs * max(len(train) // 500, 1),
    'fitSeconds': fitted - start,
    'sampleSeconds': sampled - fitted,
    'peakMiB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
