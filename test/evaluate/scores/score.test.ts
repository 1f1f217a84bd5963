import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutColumn } from '../../../src/columns/column.js';
import { trainLinear } from '../../../src/evaluate/models/linear/linear.js';
import { logLoss } from '../../../src/evaluate/scores/classes.js';
import { averagePrecision, rank, rocAuc } from '../../../src/evaluate/scores/ranking.js';
import { scorerOf } from '../../../src/evaluate/utility/score.js';
import { describeTarget, examplesOf } from '../../../src/evaluate/utility/target.js';
import { expected, expectedTables } from '../expected/tables.js';

const features = ['age', 'wealth', 'savings', 'hours', 'city', 'job'];

/** Scores of a linear model that predicts as scikit-learn's does. */
async function scoresOf(name: string) {
  const { real, holdout } = await expectedTables();
  const target = describeTarget(real, name);
  const only = (rows: typeof real) =>
    rows.columns
      .filter((column) => column.name !== name && !features.includes(column.name))
      .reduce((left, column) => withoutColumn(left, column.name), rows);
  const [train, test] = [examplesOf(only(real), target), examplesOf(only(holdout), target)];
  const predict = trainLinear(train, target.task, { tolerance: 1e-9 });
  return scorerOf(test.target, predict(test.features), target)();
}

describe('scorerOf', () => {
  it.each(['label', 'level'])("should score %s as scikit-learn's metrics do", async (name) => {
    const { probabilities, classes, ...wanted } = expected('models')[name].logistic;

    const { logLoss: _own, ...scores } = await scoresOf(name);

    expect(Object.keys(scores).sort()).toEqual(Object.keys(wanted).sort());
    for (const [measure, value] of Object.entries(scores)) {
      expect(value, measure).toBeCloseTo(wanted[measure], 10);
    }
  });

  it("should score numbers as scikit-learn's metrics do", async () => {
    const { predictions, ...wanted } = expected('models').price.ridge;

    const scores = await scoresOf('price');

    expect(scores.r2).toBeCloseTo(wanted.r2, 7);
    expect(scores.meanAbsoluteError).toBeCloseTo(wanted.meanAbsoluteError, 7);
  });
});

describe('logLoss', () => {
  it('should be the mean of what the true classes were given, weighted, and bounded', () => {
    const [even, sure] = [
      [0.5, 0.5],
      [0.25, 0.75],
    ] as const;

    const plain = logLoss([0, 1], [...even, ...sure], 2);
    const weighted = logLoss([0, 1], [...even, ...sure], 2, [3, 1]);
    const wrong = logLoss([0], [0, 1], 2);

    expect(plain).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2, 12);
    expect(weighted).toBeCloseTo((3 * Math.log(2) + Math.log(4 / 3)) / 4, 12);
    expect(wrong).toBeCloseTo(Math.log(1e6), 9);
  });
});

const ranked = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), is: fc.boolean() }), {
  minLength: 1,
  maxLength: 30,
});

describe('rankings', () => {
  it('should count the pairs that are in order, ties half', () => {
    fc.assert(
      fc.property(ranked, (rows) => {
        const [yes, no] = [rows.filter(({ is }) => is), rows.filter(({ is }) => !is)];
        fc.pre(yes.length > 0 && no.length > 0);
        const scores = Float64Array.from(rows, ({ score }) => score);
        const wins = yes.flatMap((a) =>
          no.map((b) => (Number(a.score > b.score) + Number(a.score >= b.score)) / 2),
        );

        const area = rocAuc(
          rank(scores),
          rows.map(({ is }) => is),
        );

        const wanted = wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
        expect(area).toBeCloseTo(wanted, 12);
      }),
    );
  });

  it('should take a weight as so many rows', () => {
    const weighted = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(ranked, weighted, (rows, weights) => {
        const repeated = rows.flatMap((row, k) =>
          Array.from({ length: weights[k] ?? 0 }, () => row),
        );
        const measure = (own: typeof rows, weight?: number[]) => {
          const ranking = rank(Float64Array.from(own, ({ score }) => score));
          const is = own.map((row) => row.is);
          return [rocAuc(ranking, is, weight), averagePrecision(ranking, is, weight)];
        };

        fc.pre(repeated.some(({ is }) => is) && repeated.some(({ is }) => !is));

        const [byWeight, byRows] = [measure(rows, weights), measure(repeated)];

        for (const [k, value] of byWeight.entries())
          expect(value).toBeCloseTo(byRows[k] as number, 12);
      }),
    );
  });
});
