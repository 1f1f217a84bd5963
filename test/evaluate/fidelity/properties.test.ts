import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from '../../../src/columns/pearson.js';
import { ksComplement } from '../../../src/evaluate/fidelity/ks-complement.js';
import { tvComplement } from '../../../src/evaluate/fidelity/tv-complement.js';

const numbers = fc
  .array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double(), fc.constant(Number.NaN)), {
    minLength: 1,
    maxLength: 40,
  })
  .map((values) => Float64Array.from(values));
const codes = fc
  .array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 40 })
  .map((values) => Int32Array.from(values));

const isShare = (score: number | null) => score === null || (score >= -1e-12 && score <= 1 + 1e-12);

describe('ksComplement', () => {
  it('should be a share, whichever side is which, and 1 of a column and itself', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const score = ksComplement(a, b);

        expect(isShare(score)).toBe(true);
        expect(ksComplement(b, a)).toBe(score);
        expect(ksComplement(a, a) ?? 1).toBe(1);
      }),
    );
  });

  it('should be 0 of columns that do not overlap, and null of one without values', () => {
    const [low, high, none] = [[1, 2], [3, 4], [Number.NaN]].map((own) => Float64Array.from(own));

    expect(ksComplement(low as Float64Array, high as Float64Array)).toBe(0);
    expect(ksComplement(low as Float64Array, none as Float64Array)).toBeNull();
  });
});

describe('tvComplement', () => {
  it('should be a share, whichever side is which, and 1 of a column and itself', () => {
    fc.assert(
      fc.property(codes, codes, (a, b) => {
        const score = tvComplement(a, b, 6);

        expect(isShare(score)).toBe(true);
        expect(tvComplement(b, a, 6)).toBe(score);
        expect(tvComplement(a, a, 6) ?? 1).toBe(1);
      }),
    );
  });
});

describe('pearson', () => {
  it('should be from −1 to 1, and null of a column that does not vary', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 20 }), (pairs) => {
        const [x, y] = [0, 1].map((k) => Float64Array.from(pairs, (pair) => pair[k] as number));

        const correlation = pearson(x as Float64Array, y as Float64Array);

        expect(correlation === null || Math.abs(correlation) <= 1).toBe(true);
        expect(pearson(x as Float64Array, new Float64Array(pairs.length))).toBeNull();
      }),
    );
  });
});
