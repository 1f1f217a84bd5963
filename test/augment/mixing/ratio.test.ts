import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRatio } from '../../../src/augment/mixing/ratio.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';

/** A ratio with at most four decimals, and its numerator over 10,000. */
const decimal = fc.integer({ min: 1, max: 9999 }).map((numerator) => ({
  numerator,
  ratio: Number(`0.${String(numerator).padStart(4, '0')}`),
}));

describe('createRatio', () => {
  it('should mean the decimal number, not the binary fraction next to it', () => {
    const ratio = createRatio(0.3);

    expect(ratio.dueAfter(7)).toBe(3);
    expect(ratio.dueAfter(6)).toBe(2);
    expect(ratio.dueAfter(7e9)).toBe(3e9);
  });

  it('should owe floor(n · r / (1 − r)) rows, for any n', () => {
    fc.assert(
      fc.property(decimal, fc.nat(), ({ numerator, ratio }, real) => {
        const due = createRatio(ratio).dueAfter(real);

        const rest = BigInt(10_000 - numerator);
        expect(BigInt(due) * rest).toBeLessThanOrEqual(BigInt(real) * BigInt(numerator));
        expect(BigInt(due + 1) * rest).toBeGreaterThan(BigInt(real) * BigInt(numerator));
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should be exact where numbers are too large for doubles, and just below', () => {
    const near = fc.oneof(
      fc.integer({ min: 0, max: 2 ** 40 }),
      fc.integer({ min: 2 ** 49, max: Number.MAX_SAFE_INTEGER }),
    );
    fc.assert(
      fc.property(decimal, near, ({ numerator, ratio }, rows) => {
        const { dueAfter, rowsWith } = createRatio(ratio);
        const [own, n] = [BigInt(numerator), BigInt(rows)];

        expect(dueAfter(rows)).toBe(Number((n * own) / (10_000n - own)));
        expect(rowsWith(rows)).toBe(Number((n * 10_000n + own - 1n) / own));
      }),
      { numRuns: caseCount(250, 2000) },
    );
  });

  it('should know the real row that makes each synthetic row due', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 1, max: 1e6 }), ({ ratio }, k) => {
        const exact = createRatio(ratio);
        const row = exact.realRowsFor(k);

        expect(exact.dueAfter(row)).toBeGreaterThanOrEqual(k);
        expect(exact.dueAfter(row - 1)).toBeLessThan(k);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it.each([1e-7, 5e-324, 0.1 + 0.2, 1 / 3, 0.999_999_999_999_999_9])(
    'should take the number %d',
    (ratio) => {
      expect(createRatio(ratio).dueAfter(1000)).toBeGreaterThanOrEqual(0);
    },
  );

  it.each([1, -0.1, Number.NaN, Number.POSITIVE_INFINITY, '0.3', null, undefined])(
    'should refuse %s',
    (ratio) => {
      expect(() => createRatio(ratio)).toThrow(InvalidOptionError);
      expect(() => createRatio(ratio)).toThrow(/ratio must be a number in \[0, 1\): /);
    },
  );
});
