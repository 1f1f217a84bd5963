import { describe, expect, it } from 'vitest';
import { columnNamed, type Rows } from '../../../src/columns/column.js';
import { takeRows } from '../../../src/columns/select.js';
import { meanOf } from '../../../src/columns/statistics.js';
import { detect } from '../../../src/evaluate/detection/detection.js';
import { createRandom } from '../../../src/random.js';
import { expected, expectedTables } from '../expected/tables.js';

const names = ['age', 'wealth', 'savings', 'hours', 'job', 'price', 'level', 'label'];

const only = (rows: Rows): Rows => ({
  length: rows.length,
  columns: names.map((name) => columnNamed(rows, name)),
});

describe('detect', () => {
  it("should agree with SDMetrics' LogisticDetection, up to the draw of the folds", async () => {
    const { real, synthetic } = await expectedTables();
    const { mean, deviation } = expected('detection').logistic;

    const scores: (number | null)[] = [];
    for (let seed = 0; seed < 5; seed++) {
      const random = createRandom(seed);
      scores.push((await detect(only(real), only(synthetic), 'linear', random)).score);
    }

    expect(Math.abs((meanOf(scores) ?? 0) - mean)).toBeLessThan(2 * deviation);
  });

  it.each(['linear', 'boosting'] as const)(
    'should not tell two real halves apart: %s',
    async (name) => {
      const { real } = await expectedTables();
      const half = (from: number) => Int32Array.from({ length: 200 }, (_, row) => from + row);

      const { score } = await detect(
        takeRows(real, half(0)),
        takeRows(real, half(200)),
        name,
        createRandom(1),
      );

      expect(score).toBeGreaterThan(0.8);
    },
  );

  it('should always tell rows apart that share no level', async () => {
    const one = (level: number): Rows => ({
      length: 300,
      columns: [
        {
          kind: 'categorical',
          name: 'x',
          codes: new Int32Array(300).fill(level),
          levels: ['a', 'b'],
        },
      ],
    });

    const found = await detect(one(0), one(1), 'boosting', createRandom(1));

    expect(found).toEqual({ score: 0, auc: [1, 1, 1] });
  });
});
