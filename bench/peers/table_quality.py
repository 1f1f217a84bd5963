"""How good is a synthetic table? Asks the peers: SDMetrics for fidelity, scikit-learn for utility.

    table_quality.py TRAIN TEST TARGET SYNTHETIC... [--quick]

Files are CSV or Parquet. Prints one JSON line a synthetic table. `mean` is of the four classifiers
of SDGym's adult benchmark, and `boost` scikit-learn's gradient boosting; F1 is of the rarer class,
or the macro mean of several. A numeric target of many values is regressed (R2).
"""
import json
import sys
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings('ignore')


def read(path):
    table = pd.read_parquet(path) if path.endswith('.parquet') else pd.read_csv(path, skipinitialspace=True)
    for name in table:
        if table[name].dtype.name in ('category', 'bool', 'string', 'str'):
            table[name] = table[name].astype(object)
        if table[name].dtype == object:
            # CSV readers differ in whether they keep the spaces around a text.
            table[name] = table[name].map(lambda cell: cell.strip() if isinstance(cell, str) else cell)
    return table


def metadata_of(table):
    kind = lambda column: 'categorical' if column.dtype == object else 'numerical'
    return {'columns': {name: {'sdtype': kind(table[name])} for name in table}}


def quality(real, synthetic):
    from sdmetrics.reports.single_table import QualityReport

    result = {}
    for name, thresholds in (('all', (0, 0)), ('default', None)):
        report = QualityReport()
        if thresholds is not None:
            for prop in report._properties.values():
                if hasattr(prop, 'real_correlation_threshold'):
                    prop.real_correlation_threshold, prop.real_association_threshold = thresholds
            report.real_correlation_threshold, report.real_association_threshold = thresholds
        report.generate(real, synthetic, metadata_of(real), verbose=False)
        shares = report.get_properties().set_index('Property')['Score']
        result[name] = dict(quality=report.get_score(), shapes=shares['Column Shapes'],
                            pairs=shares['Column Pair Trends'])
    return result


def features_of(train, test, target):
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    names = [name for name in train if name != target]
    texts = [name for name in names if train[name].dtype == object]
    numbers = [name for name in names if name not in texts]
    encoder = OneHotEncoder(handle_unknown='ignore', sparse_output=False).fit(train[texts].astype(str))
    scaler = StandardScaler().fit(train[numbers].fillna(0))
    both = lambda table: np.hstack([scaler.transform(table[numbers].fillna(0)),
                                    encoder.transform(table[texts].astype(str))])
    return both(train), both(test)


def f1_of(y, predicted, positive):
    from sklearn.metrics import f1_score

    if positive is None:
        return f1_score(y, predicted, average='macro', zero_division=0)
    return f1_score(y == positive, predicted == positive, zero_division=0)


def utility(train, test, target, positive, models):
    from sklearn.ensemble import AdaBoostClassifier, HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.neural_network import MLPClassifier
    from sklearn.tree import DecisionTreeClassifier

    train = train.dropna(subset=[target])
    x, held = features_of(train, test, target)
    y, truth = train[target].astype(str).to_numpy(), test[target].astype(str).to_numpy()
    known = {
        'tree': DecisionTreeClassifier(max_depth=15, class_weight='balanced', random_state=0),
        'ada': AdaBoostClassifier(random_state=0),
        'logistic': LogisticRegression(solver='lbfgs', n_jobs=1, max_iter=200, random_state=0),
        'mlp': MLPClassifier((50,), max_iter=50, random_state=0),
        'boost': HistGradientBoostingClassifier(random_state=0),
    }
    scores = {}
    for name in models:
        model = known[name].fit(x, y)
        scores[name] = f1_of(truth, model.predict(held), positive)
        if name == 'boost' and positive is not None:
            chance = model.predict_proba(held)[:, list(model.classes_).index(positive)]
            scores['boostAuc'] = roc_auc_score(truth == positive, chance)
    four = [scores[name] for name in ('tree', 'ada', 'logistic', 'mlp') if name in scores]
    return dict(scores, mean=float(np.mean(four)))


def regression(train, test, target):
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.linear_model import Ridge

    x, held = features_of(train, test, target)
    y, truth = train[target].fillna(0), test[target].fillna(0)
    models = {'ridge': Ridge(), 'boost': HistGradientBoostingRegressor(random_state=0)}
    scores = {name: model.fit(x, y).score(held, truth) for name, model in models.items()}
    return dict(scores, mean=float(np.mean(list(scores.values()))))


def main():
    models = ('tree', 'ada', 'logistic', 'mlp', 'boost')
    args = [arg for arg in sys.argv[1:] if not arg.startswith('--')]
    if '--quick' in sys.argv:
        models = ('tree', 'logistic', 'boost')
    train, test, target, files = read(args[0]), read(args[1]), args[2], args[3:]
    regressed = train[target].dtype != object and train[target].nunique() > 20
    counts = train[target].astype(str).value_counts()
    positive = counts.index[-1] if len(counts) == 2 else None
    for path in files:
        synthetic = read(path)[list(train)]
        for name in train:
            if train[name].dtype == object:
                synthetic[name] = synthetic[name].astype(object)
        utility_of = (regression(synthetic, test, target) if regressed
                      else utility(synthetic, test, target, positive, models))
        row = dict(file=path, utility=utility_of)
        if path != args[0]:
            row['quality'] = quality(train, synthetic)
        print(json.dumps(row, default=float), flush=True)


main()
