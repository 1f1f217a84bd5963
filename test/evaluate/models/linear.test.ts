import { describe, expect, it } from 'vitest';
import {
  type CategoricalColumn,
  columnNamed,
  type NumericColumn,
  type Rows,
} from '../../../src/columns/column.js';
import { trainLinear } from '../../../src/evaluate/models/linear/linear.js';
import { expected, expectedTables } from '../expected/tables.js';

const names = ['age', 'wealth', 'savings', 'hours', 'city', 'job'];

const featuresOf = (rows: Rows): Rows => ({
  length: rows.length,
  columns: names.map((name) => columnNamed(rows, name)),
});

const worst = (wanted: readonly number[], found: Float64Array) =>
  Math.max(...wanted.map((value, k) => Math.abs(value - (found[k] as number))));

describe('trainLinear', () => {
  it.each(['label', 'level'])(
    "should predict %s as scikit-learn's LogisticRegression",
    async (target) => {
      const { real, holdout } = await expectedTables();
      const wanted = expected('models')[target].logistic;
      const { codes, levels } = columnNamed(real, target) as CategoricalColumn;
      const task = { kind: 'classification', classes: wanted.classes.length } as const;
      const classOf = Float64Array.from(codes, (code) => wanted.classes.indexOf(levels[code]));

      const predict = trainLinear({ features: featuresOf(real), target: classOf }, task, {
        tolerance: 1e-9,
      });

      expect(worst(wanted.probabilities.flat(), predict(featuresOf(holdout)))).toBeLessThan(1e-6);
    },
  );

  it("should predict a number as scikit-learn's Ridge", async () => {
    const { real, holdout } = await expectedTables();
    const wanted = expected('models').price.ridge.predictions;
    const target = (columnNamed(real, 'price') as NumericColumn).values;

    const predict = trainLinear(
      { features: featuresOf(real), target },
      { kind: 'regression' },
      { tolerance: 1e-10 },
    );

    expect(worst(wanted, predict(featuresOf(holdout)))).toBeLessThan(1e-6);
  });
});
