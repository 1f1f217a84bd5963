import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRows, spreadRows } from '../../../src/augment/fitting/spread-rows.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';

describe('spreadRows', () => {
  it('should draw as many rows as are wanted, each once, in order, and the same by the seed', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: 1, max: 1500 }),
        fc.nat(9),
        (total, size, seed) => {
          const numbers = spreadRows(total, size, createRandom(seed));

          expect(numbers).toHaveLength(Math.min(total, size));
          expect(numbers.every((row) => Number.isInteger(row) && row >= 0 && row < total)).toBe(
            true,
          );
          expect(
            numbers.every((row, place) => place === 0 || row > Number(numbers[place - 1])),
          ).toBe(true);
          expect(spreadRows(total, size, createRandom(seed))).toEqual(numbers);
        },
      ),
      { numRuns: caseCount(100, 1000) },
    );
  });

  it('should draw one row of each part of equal length', () => {
    const numbers = spreadRows(3_000_000, 50_000, createRandom(1));

    const parts = Array.from(numbers, (row) => Math.floor(row / 60));
    expect(parts).toEqual(Array.from({ length: 50_000 }, (_, part) => part));
  });

  it('should draw each row with the same probability', () => {
    const counts = new Array<number>(100).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      for (const row of spreadRows(100, 10, createRandom(seed)))
        counts[row] = (counts[row] ?? 0) + 1;
    }

    // Chi-square with 99 degrees of freedom: 149 is its 99.9 % point.
    const statistic = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(statistic).toBeLessThan(149);
  });

  it('should draw neighbours together from sources far longer than the sample', () => {
    const numbers = spreadRows(1e9, 50_000, createRandom(1));

    const runs = Array.from(numbers).filter((row, place) => row !== Number(numbers[place - 1]) + 1);
    expect(numbers).toHaveLength(50_000);
    expect(runs).toHaveLength(500);
    expect(new Set(runs.map((row) => Math.floor(row / 2e6))).size).toBe(500);
  });
});

describe('mergeRows', () => {
  it('should hold the numbers of both in order, each once', () => {
    const merged = mergeRows(Float64Array.of(1, 5, 9), [20, 5, 0]);

    expect([...merged]).toEqual([0, 1, 5, 9, 20]);
  });
});
