import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleEvenly, sampleFirst } from '../../../src/augment/fitting/row-sample.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';
import { numberedBatches, numbersOf } from '../support/numbered.js';

const sizes = fc.array(fc.nat(30), { maxLength: 12 });

describe('sampleEvenly', () => {
  it('should hold rows of the stream, each once, and the same however they are cut', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 20 }), fc.nat(5), (cuts, size, seed) => {
        const rows = cuts.reduce((sum, count) => sum + count, 0);
        const sampled = (batches: ReturnType<typeof numberedBatches>) => {
          const sample = sampleEvenly(size, createRandom(seed));
          for (const batch of batches) sample.add(batch);
          expect(sample.seen).toBe(rows);
          return numbersOf(sample.rows());
        };

        const [whole, cut] = [sampled(numberedBatches([rows])), sampled(numberedBatches(cuts))];

        expect(cut).toEqual(whole);
        expect(new Set(cut).size).toBe(Math.min(size, rows));
        expect(cut.every((row) => row < rows)).toBe(true);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should hold each row with the same probability', () => {
    const counts = new Array<number>(100).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      const sample = sampleEvenly(10, createRandom(seed));
      for (const batch of numberedBatches([33, 0, 47, 20])) sample.add(batch);
      for (const row of numbersOf(sample.rows())) counts[row] = (counts[row] as number) + 1;
    }

    // Chi-square with 99 degrees of freedom: 149 is its 99.9 % point.
    const statistic = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    expect(statistic).toBeLessThan(149);
  });

  it('should give the rows again after more have come', () => {
    const sample = sampleEvenly(50, createRandom(1));
    const [first, second] = numberedBatches([20, 30]);
    sample.add(first as never);
    const before = numbersOf(sample.rows());
    sample.add(second as never);

    expect(before).toHaveLength(20);
    expect(numbersOf(sample.rows())).toHaveLength(50);
  });
});

describe('sampleFirst', () => {
  it('should hold the first rows, and count all', () => {
    const sample = sampleFirst(5);
    for (const batch of numberedBatches([3, 0, 4, 6])) sample.add(batch);

    expect(numbersOf(sample.rows())).toEqual([0, 1, 2, 3, 4]);
    expect(sample.seen).toBe(13);
  });
});
