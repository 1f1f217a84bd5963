"""Makes the small tables beside this file, and what SDMetrics and scikit-learn say of them.

    python test/evaluate/expected/make.py [fidelity] [privacy] [detection] [models] [attacks]

needs sdmetrics 0.32, scikit-learn 1.9, pandas and pyarrow. The tests read the files it wrote, and
need no Python; `npm run format` lays the JSON out. The tables are drawn from a seed: they hold no one's data.
"""
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings('ignore')
here = Path(__file__).parent


def draw(seed: int, rows: int, shift: float, extra_city: bool) -> pd.DataFrame:
    """A table of every kind of column; `shift` moves its distributions and weakens its links."""
    r = np.random.default_rng(seed)
    age = np.clip(r.normal(40 + 4 * shift, 12, rows), 17, 90).round().astype('int32')
    wealth = np.exp(0.05 * age + r.normal(0, 1 + shift, rows)).round(2)
    savings = (wealth * np.exp(r.normal(0, 0.3 + shift, rows))).round(2)
    hours = np.where(r.random(rows) < 0.5, 40, r.integers(5, 80, rows)).astype('int16')
    cities = ['Basel', 'Bern', 'Chur', 'Genf', 'Zug', 'Uri']
    city = r.choice(cities, rows, p=[0.4, 0.25, 0.15, 0.1, 0.07, 0.03]).astype(object)
    if extra_city:
        city[:5] = 'Aarau'
    blurred = r.random(rows) < 0.2 + shift
    job = np.where(blurred, r.integers(0, 12, rows), [cities.index(c) if c in cities else 9 for c in city])
    job = np.array([f'job {k}' for k in job], dtype=object)
    member = (r.random(rows) < 0.3 + 0.4 * (city == 'Basel')).astype(object)
    joined = pd.to_datetime('2015-01-01') + pd.to_timedelta(((90 - age) * 30 + r.integers(0, 700, rows)), unit='D')
    seen = pd.Series(pd.to_datetime('2024-01-01') + pd.to_timedelta(r.integers(0, 10**7, rows), unit='s'))
    score = 0.06 * (age - 40) + 0.8 * (city == 'Basel') + 0.5 * np.log(wealth / 10) - 0.02 * (hours - 40)
    label = np.where(score + r.logistic(0, 0.7 + shift, rows) > 1.2, 'yes', 'no')
    level = np.digitize(score + r.normal(0, 0.5, rows), [-1, 0.7])
    price = (3 * score + 0.4 * np.array([int(j[4:]) for j in job]) + r.normal(0, 0.6, rows)).round(4)
    frame = pd.DataFrame({
        'age': age, 'wealth': wealth, 'savings': savings, 'hours': hours, 'city': city, 'job': job,
        'member': member, 'joined': joined, 'seen': seen, 'price': price,
        'level': np.array(['low', 'middle', 'high'], dtype=object)[level], 'label': label,
    })
    frame.loc[r.random(rows) < 0.08, 'savings'] = np.nan
    frame.loc[r.random(rows) < 0.05 + 0.05 * shift, 'city'] = None
    frame.loc[r.random(rows) < 0.06, 'member'] = None
    frame.loc[r.random(rows) < 0.1, 'seen'] = pd.NaT
    return frame


def save(frame: pd.DataFrame, name: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    text, moment = pa.string(), pa.timestamp('us')
    schema = pa.schema([
        ('age', pa.int32()), ('wealth', pa.float64()), ('savings', pa.float64()), ('hours', pa.int16()),
        ('city', text), ('job', text), ('member', pa.bool_()), ('joined', pa.date32()), ('seen', moment),
        ('price', pa.float64()), ('level', text), ('label', text),
    ])
    table = pa.Table.from_pandas(frame, schema, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, here / f'{name}.parquet', compression='zstd')


kinds = {
    'age': 'numerical', 'wealth': 'numerical', 'savings': 'numerical', 'hours': 'numerical',
    'city': 'categorical', 'job': 'categorical', 'member': 'boolean', 'joined': 'datetime',
    'seen': 'datetime', 'price': 'numerical', 'level': 'categorical', 'label': 'categorical',
}
metadata = {'columns': {name: {'sdtype': kind} for name, kind in kinds.items()}}


def number(value) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def fidelity(real: pd.DataFrame, synthetic: pd.DataFrame) -> dict:
    from sdmetrics.column_pairs import ContingencySimilarity
    from sdmetrics.reports.single_table import QualityReport
    from sdmetrics.single_column import CategoryCoverage, RangeCoverage

    report = QualityReport()
    report.generate(real, synthetic, metadata, verbose=False)
    shapes = report.get_details('Column Shapes')
    pairs = report.get_details('Column Pair Trends')
    numeric = [name for name, kind in kinds.items() if kind in ('numerical', 'datetime')]
    shared = []
    for a, b in zip(pairs['Column 1'], pairs['Column 2']):
        if (a in numeric) == (b in numeric):
            continue
        number_column, other = (a, b) if a in numeric else (b, a)
        if kinds[number_column] == 'datetime':
            continue
        breakdown = ContingencySimilarity.compute_breakdown(
            real[[a, b]].copy(), synthetic[[a, b]].copy(), continuous_column_names=[number_column],
            real_association_threshold=1e-9,
        )
        shared.append({'columns': [a, b], 'score': number(breakdown['score']),
                       'association': number(breakdown['real_association'])})
    coverage = {
        name: number((RangeCoverage if name in numeric else CategoryCoverage).compute(real[name], synthetic[name]))
        for name in kinds
    }
    all_pairs = QualityReport()
    all_pairs.real_correlation_threshold = all_pairs.real_association_threshold = 0
    all_pairs.generate(real, synthetic, metadata, verbose=False)
    return {
        'score': report.get_score(),
        'scoreOfAllPairs': all_pairs.get_score(),
        'properties': dict(zip(report.get_properties()['Property'], report.get_properties()['Score'])),
        'shapes': {row['Column']: {'metric': row['Metric'], 'score': number(row['Score'])} for _, row in shapes.iterrows()},
        'pairs': [
            {
                'columns': [row['Column 1'], row['Column 2']], 'metric': row['Metric'], 'score': number(row['Score']),
                'realCorrelation': number(row['Real Correlation']),
                'syntheticCorrelation': number(row['Synthetic Correlation']),
                'realAssociation': number(row['Real Association']),
                'counts': False if pd.isna(row['Meets Threshold?']) else bool(row['Meets Threshold?']),
            }
            for _, row in pairs.iterrows()
        ],
        'sharedBins': shared,
        'coverage': coverage,
    }


def privacy(real: pd.DataFrame, synthetic: pd.DataFrame, holdout: pd.DataFrame) -> dict:
    from sdmetrics.single_table import DCROverfittingProtection, NewRowSynthesis
    from sdmetrics.single_table.privacy.dcr_utils import calculate_dcr

    columns = [name for name in kinds if kinds[name] != 'datetime']
    plain = {'columns': {name: metadata['columns'][name] for name in columns}}
    new_rows = NewRowSynthesis.compute_breakdown(real[columns].copy(), synthetic[columns].copy(), plain)
    few = ['age', 'city', 'member', 'label']
    few_metadata = {'columns': {name: metadata['columns'][name] for name in few}}
    few_rows = NewRowSynthesis.compute_breakdown(real[few].copy(), synthetic[few].copy(), few_metadata)
    overfitting = DCROverfittingProtection.compute_breakdown(
        real.copy(), synthetic.copy(), holdout.copy(), metadata, None)
    return {
        'newRows': new_rows,
        'newRowsOfFew': few_rows,
        'distances': [float(d) for d in calculate_dcr(synthetic.copy(), real.copy(), metadata)],
        'overfitting': overfitting,
    }


def detection(real: pd.DataFrame, synthetic: pd.DataFrame) -> dict:
    from sdmetrics.single_table import LogisticDetection

    # It refuses a category that only the synthetic rows have ('Aarau').
    names = ['age', 'wealth', 'savings', 'hours', 'job', 'price', 'level', 'label']
    plain = {'columns': {name: metadata['columns'][name] for name in names}}
    scores = [LogisticDetection.compute(real[names].copy(), synthetic[names].copy(), plain) for _ in range(20)]
    return {'logistic': {'mean': float(np.mean(scores)), 'deviation': float(np.std(scores))}}


def models(train: pd.DataFrame, test: pd.DataFrame) -> dict:
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.metrics import (
        accuracy_score, average_precision_score, f1_score, mean_absolute_error, r2_score, roc_auc_score)
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers, names = ['age', 'wealth', 'savings', 'hours'], ['city', 'job']

    def features(frame):
        # Not 'job': some of its levels have exactly the rows that a level must weigh, so that the
        # single precision of scikit-learn's gradients decides whether they take part.
        part = frame[numbers].astype(float)
        part['city'] = pd.Categorical(frame['city'], categories=train['city'].value_counts().index)
        return part

    def boosting(kind):
        return kind(early_stopping=False, max_iter=50, categorical_features=[False] * 4 + [True])

    def linear(model):
        text = lambda frame: frame.astype(object).where(frame.notna(), 'null')
        from sklearn.preprocessing import FunctionTransformer
        one_hot = make_pipeline(FunctionTransformer(text), OneHotEncoder(handle_unknown='ignore'))
        scaled = make_pipeline(SimpleImputer(add_indicator=False), StandardScaler())
        return make_pipeline(ColumnTransformer([('n', scaled, numbers), ('c', one_hot, names)]), model)

    found = {}
    for target in ('label', 'level'):
        own = {}
        for name, model in (
            ('boosting', boosting(HistGradientBoostingClassifier)),
            ('logistic', linear(LogisticRegression(tol=1e-10, max_iter=10000))),
        ):
            x, held = (features(train), features(test)) if name == 'boosting' else (train, test)
            model.fit(x, train[target])
            probabilities = model.predict_proba(held)
            taken = model.predict(held)
            many = {'average': 'macro', 'multi_class': 'ovr'} if target == 'level' else {}
            own[name] = {
                'classes': list(model.classes_),
                'probabilities': [[round(float(p), 9) for p in row] for row in probabilities[:40]],
                'accuracy': accuracy_score(test[target], taken),
                'macroF1': f1_score(test[target], taken, average='macro'),
                'rocAuc': roc_auc_score(test[target], probabilities if many else probabilities[:, 1], **many),
                'averagePrecision': float(np.mean([
                    average_precision_score(test[target] == code, probabilities[:, k])
                    for k, code in enumerate(model.classes_) if many or code == 'yes'
                ])),
            }
            if target == 'label':
                own[name]['f1'] = f1_score(test[target], taken, pos_label='yes')
        found[target] = own
    own = {}
    for name, model in (('boosting', boosting(HistGradientBoostingRegressor)), ('ridge', linear(Ridge(alpha=1.0, solver='sparse_cg', tol=1e-13)))):
        x, held = (features(train), features(test)) if name == 'boosting' else (train, test)
        predicted = model.fit(x, train['price']).predict(held)
        own[name] = {
            'predictions': [float(p) for p in predicted[:40]],
            'r2': r2_score(test['price'], predicted),
            'meanAbsoluteError': mean_absolute_error(test['price'], predicted),
        }
    found['price'] = own
    return found


def attacks() -> dict:
    sys.path.append(str(here.parents[2] / 'bench' / 'peers'))
    from membership_attacks import measure

    return measure(here)


def write(name: str, value: dict) -> None:
    (here / f'{name}.json').write_text(json.dumps(value, indent=1) + '\n')


if __name__ == '__main__':
    real, synthetic, holdout = draw(1, 400, 0, False), draw(2, 300, 0.25, True), draw(3, 200, 0, False)
    # Some synthetic rows are copies, exact and near.
    synthetic.iloc[100:120] = real.iloc[50:70]
    synthetic.iloc[120:130] = real.iloc[70:80]
    synthetic.loc[120:129, 'wealth'] = synthetic.loc[120:129, 'wealth'] * 1.004
    for name, frame in (('real', real), ('synthetic', synthetic), ('holdout', holdout)):
        save(frame, name)
    parts = {
        'fidelity': lambda: fidelity(real, synthetic),
        'privacy': lambda: privacy(real, synthetic, holdout),
        'detection': lambda: detection(real, synthetic),
        'models': lambda: models(real, holdout),
        'attacks': attacks,
    }
    for name in sys.argv[1:] or parts:
        write(name, parts[name]())
