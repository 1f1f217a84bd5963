"""SDMetrics' values and times for `npm run bench -- metrics`, as one line of JSON.

    sdmetrics_scores.py DIRECTORY FEW

DIRECTORY holds real.parquet, synthetic.parquet and holdout.parquet; slow metrics see the first FEW
rows of a table. Text is categorical, numbers are numerical, as on the other side.
"""
import json
import sys
import time
import warnings

import pandas as pd

warnings.filterwarnings('ignore')
from sdmetrics.reports.single_table import QualityReport  # noqa: E402
from sdmetrics.single_table import (  # noqa: E402
    DCROverfittingProtection, LogisticDetection, NewRowSynthesis)

directory, few = sys.argv[1], int(sys.argv[2])


def read(name):
    frame = pd.read_parquet(f'{directory}/{name}.parquet')
    for column in frame:
        if frame[column].dtype.name in ('category', 'bool', 'string', 'str'):
            frame[column] = frame[column].astype(object)
    return frame


real, synthetic, holdout = read('real'), read('synthetic'), read('holdout')
metadata = {'columns': {
    name: {'sdtype': 'categorical' if real[name].dtype == object else 'numerical'} for name in real
}}


def quality():
    report = QualityReport()
    report.num_rows_subsample = None
    report.generate(real, synthetic, metadata, verbose=False)
    return report.get_score()


def closer():
    breakdown = DCROverfittingProtection.compute_breakdown(
        real[:few].copy(), synthetic[:few].copy(), holdout[:few].copy(), metadata, None)
    return breakdown['synthetic_data_percentages']['closer_to_training']


measures = {
    'quality score': quality,
    f'NewRowSynthesis, {few} synthetic rows': lambda: NewRowSynthesis.compute(
        real.copy(), synthetic[:few].copy(), metadata),
    f'DCR, closer to training, {few} × {few} rows': closer,
    'LogisticDetection (other folds)': lambda: LogisticDetection.compute(
        real.copy(), synthetic.copy(), metadata),
}
found = {}
for name, measure in measures.items():
    start = time.perf_counter()
    value = float(measure())
    found[name] = {'value': value, 'seconds': time.perf_counter() - start}
print(json.dumps(found))
