import { describe, expect, it } from 'vitest';
import {
  type CategoricalColumn,
  columnNamed,
  type NumericColumn,
  type Rows,
} from '../../../src/columns/column.js';
import { trainBoosting } from '../../../src/evaluate/models/boosting/boosting.js';
import { expected, expectedTables } from '../expected/tables.js';

const names = ['age', 'wealth', 'savings', 'hours', 'city'];

const featuresOf = (rows: Rows): Rows => ({
  length: rows.length,
  columns: names.map((name) => columnNamed(rows, name)),
});

describe('trainBoosting', () => {
  it.each(['label', 'level'])("should predict %s as scikit-learn's does", async (target) => {
    const { real, holdout } = await expectedTables();
    const wanted = expected('models')[target].boosting;
    const { codes, levels } = columnNamed(real, target) as CategoricalColumn;
    const task = { kind: 'classification', classes: wanted.classes.length } as const;
    const classOf = Float64Array.from(codes, (code) => wanted.classes.indexOf(levels[code]));

    const predict = trainBoosting({ features: featuresOf(real), target: classOf }, task, {
      rounds: 50,
    });
    const probabilities = predict(featuresOf(holdout));

    const flat: number[] = wanted.probabilities.flat();
    const worst = Math.max(...flat.map((p, k) => Math.abs(p - (probabilities[k] as number))));
    expect(worst).toBeLessThan(1e-8);
  });

  it("should predict a number as scikit-learn's does", async () => {
    const { real, holdout } = await expectedTables();
    const wanted: number[] = expected('models').price.boosting.predictions;
    const target = (columnNamed(real, 'price') as NumericColumn).values;

    const predict = trainBoosting(
      { features: featuresOf(real), target },
      { kind: 'regression' },
      { rounds: 50 },
    );
    const predicted = predict(featuresOf(holdout));

    const worst = Math.max(...wanted.map((p, k) => Math.abs(p - (predicted[k] as number))));
    expect(worst).toBeLessThan(1e-8);
  });
});
