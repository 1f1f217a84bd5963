"""What attackers get out of synthetic rows, by numpy and scikit-learn alone, as one line of JSON.

    membership_attacks.py DIRECTORY

DIRECTORY holds real.parquet, synthetic.parquet and holdout.parquet, of at most 1,000 real and held-out
rows, 20,000 synthetic ones and 10 columns that are guessed: then nothing is drawn, and the figures
are those of `evaluate`. `npm run bench -- attacks --check` compares them.
"""
import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score, roc_curve

NEIGHBOURS = 5


def is_number(kind):
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_temporal(kind)


def read(directory: Path):
    """Each table as a list of columns of floats (NaN for null), and which columns are numbers."""
    tables = [pq.read_table(directory / f'{name}.parquet') for name in ('real', 'synthetic', 'holdout')]
    columns, numeric, names = [[], [], []], [], []
    for name in tables[0].column_names:
        kind = tables[0].schema.field(name).type
        numeric.append(is_number(kind))
        names.append(name)
        if is_number(kind):
            for own, table in zip(columns, tables):
                cells = table[name]
                if pa.types.is_temporal(kind):
                    cells = cells.cast(pa.int32() if pa.types.is_date32(kind) else pa.int64())
                own.append(np.array([np.nan if v is None else float(v) for v in cells.to_pylist()]))
        else:
            codes: dict = {None: -1}
            for own, table in zip(columns, tables):
                values = table[name].cast(pa.string()).to_pylist()
                own.append(np.array([codes.setdefault(v, len(codes)) for v in values], float))
    return [np.stack(own, 1) for own in columns], np.array(numeric), names


def cell_distances(rows, others, numeric, scale):
    """Gower's distance, cell by cell: [rows, others, columns]."""
    a, b = rows[:, None, :], others[None, :, :]
    apart = np.abs(a - b) / np.where(scale > 0, scale, 1e-300)
    nulls = np.isnan(a).astype(int) + np.isnan(b)
    numbers = np.where(nulls == 2, 0, np.where(nulls == 1, 1, np.minimum(apart, 1)))
    return np.where(numeric, numbers, a != b)


def nearest(rows, others, numeric, scale):
    found = [
        np.sort(cell_distances(piece, others, numeric, scale).sum(-1), 1)[:, :NEIGHBOURS]
        for piece in np.array_split(rows, max(len(rows) // 50, 1))
    ]
    return np.concatenate(found) / rows.shape[1]


def ratio(made, real):
    with np.errstate(invalid='ignore'):
        return np.where(made == real, 0.5, real / (made + real))


def score(members, others):
    truth = np.r_[np.ones(len(members)), np.zeros(len(others))]
    scores = np.r_[members, others]
    wrong, found, _ = roc_curve(truth, scores, drop_intermediate=False)
    return {'auc': roc_auc_score(truth, scores), 'truePositives': float(found[wrong <= 0.01].max())}


def ranks(values):
    ordered = np.sort(values)
    low, high = np.searchsorted(ordered, values, 'left'), np.searchsorted(ordered, values, 'right')
    return (low + high) / 2 / len(values)


def membership(real, synthetic, holdout, numeric, scale):
    is_known = np.arange(len(holdout)) % 3 == 2
    seen = [
        (nearest(rows, synthetic, numeric, scale), nearest(rows, holdout[is_known], numeric, scale)[:, 0])
        for rows in (real, holdout[~is_known])
    ]
    features = [np.c_[made, other, ratio(made[:, 0], other)] for made, other in seen]
    learned = [np.zeros(len(own)) for own in features]
    for parity in (0, 1):
        known, asked = ([own[half::2] for own in features] for half in (1 - parity, parity))
        model = HistGradientBoostingClassifier(
            max_iter=50, max_leaf_nodes=8, min_samples_leaf=10, early_stopping=False)
        model.fit(np.concatenate(known), np.repeat([1, 0], [len(own) for own in known]))
        told = ranks(model.predict_proba(np.concatenate(asked))[:, 1])
        for own, part in zip(learned, np.split(told, [len(asked[0])])):
            own[parity::2] = part
    return {
        'distance': score(-seen[0][0][:, 0], -nearest(holdout, synthetic, numeric, scale)[:, 0]),
        'density': score(*(ratio(made[:, 0], other) for made, other in seen)),
        'boosting': score(*learned),
    }


def attributes(real, synthetic, holdout, numeric, scale, names):
    chosen = min(len(names), 10)
    columns = [k * len(names) // chosen for k in range(chosen)]

    def hits(rows):
        right = np.zeros((len(rows), len(columns)))
        for row, own in enumerate(rows):
            apart = cell_distances(own[None], synthetic, numeric, scale)[0]
            for k, column in enumerate(columns):
                # In the order of the tables, the first of equals.
                guess = apart[np.argmin(np.round(apart.sum(-1) - apart[:, column], 12))]
                right[row, k] = guess[column] <= (0.05 if numeric[column] else 0)
        return right

    own, other = hits(real), hits(holdout)
    return {
        'columns': [
            {'column': names[c], 'members': own[:, k].mean(), 'others': other[:, k].mean()}
            for k, c in enumerate(columns)
        ],
        'excess': own.mean() - other.mean(),
    }


def measure(directory: Path) -> dict:
    (real, synthetic, holdout), numeric, names = read(directory)
    scale = np.nanmax(synthetic, 0) - np.nanmin(synthetic, 0)
    return {
        'membership': membership(real, synthetic, holdout, numeric, scale),
        'attributes': attributes(real, synthetic, holdout, numeric, scale, names),
    }


if __name__ == '__main__':
    print(json.dumps(measure(Path(sys.argv[1]))))
