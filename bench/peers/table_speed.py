"""How fast do the peers encode a table, and make rows? On one thread.

    table_speed.py encode|sample TRAIN

`encode` fits RDT's transformers, as CTGAN uses them (a Bayesian mixture for each number, one-hot
codes for each category), and transforms the table. `sample` fits SDV's ctgan for one epoch, which is
enough to time it, and makes as many rows as the table has, three times. Prints one JSON line: seconds
of the processor and peak memory.
"""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd
import torch

torch.set_num_threads(1)
what, train = sys.argv[1], pd.read_parquet(sys.argv[2])
discrete = [name for name in train if not pd.api.types.is_numeric_dtype(train[name])]
for name in discrete:
    train[name] = train[name].astype(object)
np.random.seed(1)
torch.manual_seed(1)
result = {}
clock = time.process_time
if what == 'encode':
    from rdt import HyperTransformer
    from rdt.transformers import ClusterBasedNormalizer, OneHotEncoder

    both = HyperTransformer()
    both.set_config({
        'sdtypes': {name: 'categorical' if name in discrete else 'numerical' for name in train},
        'transformers': {
            name: OneHotEncoder() if name in discrete else ClusterBasedNormalizer()
            for name in train
        },
    })
    start = clock()
    both.fit(train)
    fitted = clock()
    both.transform(train)
    result = {'fitSeconds': fitted - start, 'transformSeconds': clock() - fitted}
else:
    from ctgan import CTGAN

    model = CTGAN(epochs=1, enable_gpu=False)
    model.fit(train, discrete)
    times = []
    for _ in range(3):
        start = clock()
        model.sample(len(train))
        times.append(clock() - start)
    result = {'sampleSeconds': sorted(times)[1], 'rows': len(train)}
result['peakMiB'] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(result))
