import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stratifiedFolds } from '../../../src/evaluate/utility/folds.js';
import { createRandom } from '../../../src/random.js';

describe('stratifiedFolds', () => {
  it('should test each row once, and give each fold its share of each class', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 2, max: 6 }),
        (classes, folds) => {
          const cut = stratifiedFolds(classes, folds, createRandom(1));

          const tested = cut.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
          expect(tested).toEqual([...classes.keys()]);
          for (const { train, test } of cut) {
            expect([...train, ...test].sort((a, b) => a - b)).toEqual([...classes.keys()]);
          }
          for (const code of new Set(classes)) {
            const counts = cut.map(
              ({ test }) => test.filter((row) => classes[row] === code).length,
            );
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('should cut otherwise for another seed, and the same for the same', () => {
    const classes = Array.from({ length: 40 }, (_, row) => row % 2);

    const [first, same, other] = [1, 1, 2].map((seed) =>
      stratifiedFolds(classes, 4, createRandom(seed)),
    );

    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
  });
});
