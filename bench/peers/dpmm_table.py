"""Differentially private rows by the peer dpmm: `dpmm_table.py TRAIN OUT SEED EPSILON COLUMNS [MODEL]`

MODEL is MST (McKenna et al. 2021, the default), AIM or PrivBayes, with δ 1e-5 and a tenth of ε for its
bins. COLUMNS says what is known of columns, as JSON, as `--columns` of the bench of tables does. All
levels of texts are given to it as known, which makes it easier than for this package, which finds them.
Prints one JSON line.
"""
import json
import os
import sys
import time
import warnings

import pandas as pd

warnings.filterwarnings('ignore')
train, out, seed, epsilon, columns = sys.argv[1:6]
model = sys.argv[6] if len(sys.argv) > 6 else 'MST'


def pipeline_of(name):
    from dpmm.pipelines import aim, mst, priv_bayes

    return {'MST': mst.MSTPipeline, 'AIM': aim.AIMPipeline, 'PrivBayes': priv_bayes.PrivBayesPipeline}[name]


table = pd.read_parquet(train)
known = json.loads(columns)
domain = {}
for name in table:
    if name in known:
        lower, upper = known[name]['range']
        domain[name] = {'lower': lower, 'upper': upper}
        table[name] = table[name].clip(lower, upper)
    else:
        domain[name] = {'categories': sorted(table[name].unique().tolist())}
start = time.process_time()
budget = float(epsilon)
pipeline = pipeline_of(model)(epsilon=0.9 * budget, delta=1e-5, proc_epsilon=0.1 * budget, n_jobs=1)
pipeline.fit(table, domain=domain, random_state=int(seed))
fitted = time.process_time()
made = pipeline.generate(n_records=len(table), random_state=int(seed))
for name in table:
    if table[name].dtype.kind == 'i':
        made[name] = made[name].astype(float).round().astype(int)
made[list(table)].to_parquet(out)
print(json.dumps(dict(fitSeconds=fitted - start, sampleSeconds=time.process_time() - fitted)))
