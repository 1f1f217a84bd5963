import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostSampled, poissonSample } from '../../src/privacy/poisson-sample.js';
import { createSecretRandom } from '../../src/privacy/secret-random.js';

const random = createSecretRandom('a secret of more than thirty-two characters', 'samples');

/** log P(a binomial number is above `size`). */
function logTail(rows: number, rate: number, size: number): number {
  let log = rows * Math.log1p(-rate);
  let tail = 0;
  for (let k = 0; k <= rows; k++) {
    if (k > size) tail += Math.exp(log);
    log += Math.log((rows - k) / (k + 1)) + Math.log(rate / (1 - rate));
  }
  return Math.log(tail);
}

describe('poissonSample', () => {
  it('should draw each row by itself, at the rate', () => {
    const rows = 1000;
    const drawn = new Float64Array(rows);
    const target = new Int32Array(rows);
    let [sum, squares] = [0, 0];
    for (let k = 0; k < 400; k++) {
      const count = poissonSample(random.fork(k), rows, 0.1, target);
      for (const row of target.subarray(0, count)) drawn[row] = (drawn[row] as number) + 1;
      sum += count;
      squares += count ** 2;
    }
    const mean = sum / 400;
    const variance = squares / 400 - mean ** 2;

    expect(Math.abs(mean - 100)).toBeLessThan(2.5);
    // A fixed size would have none; 90 is that of a binomial number.
    expect(variance).toBeGreaterThan(60);
    expect(variance).toBeLessThan(130);
    expect(Math.min(...drawn)).toBeGreaterThan(10);
  });

  it('should name each row once, in order, and no more than there is room for', () => {
    const target = new Int32Array(5);

    const count = poissonSample(random, 100, 0.5, target);

    expect(count).toBe(5);
    expect([...target]).toEqual([...new Set(target)].sort((a, b) => a - b));
  });
});

describe('mostSampled', () => {
  it('should be exceeded no more often than wanted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.double({ min: -30, max: -1, noNaN: true }),
        (rows, rate, log) => {
          const size = mostSampled(rows, rate, log);

          expect(size).toBeLessThanOrEqual(rows);
          if (size < rows) expect(logTail(rows, rate, size)).toBeLessThanOrEqual(log + 1e-9);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('should leave little room unused', () => {
    expect(mostSampled(30_000, 0.02, -28)).toBeLessThan(830);
    expect(mostSampled(50, 0.9, -30)).toBe(50);
  });
});
