import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../../src/errors.js';
import { balancedShares, drawEvenly } from '../../../src/gan/conditions/balance.js';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('balancedShares', () => {
  it('should bring a level of 5 % to half of the output', () => {
    const shares = balancedShares([95, 5], ['no', 'yes'], undefined, 0.6, 'label');

    const output = [0.95, 0.05].map((real, k) => 0.4 * real + 0.6 * (shares[k] as number));
    expect(output[0]).toBeCloseTo(0.5, 9);
    expect(output[1]).toBeCloseTo(0.5, 9);
  });

  it('should add only the rarest level where the rows do not suffice', () => {
    const shares = balancedShares([95, 5], ['no', 'yes'], undefined, 0.3, 'label');

    expect(shares[0]).toBeCloseTo(0, 9);
    expect(shares[1]).toBeCloseTo(1, 9);
  });

  it('should give nulls no rows, and levels the wanted shares', () => {
    const shares = balancedShares([6, 3, 1], ['a', 'b', null], { a: 1, b: 3 }, 1, 'label');

    expect(shares[0]).toBeCloseTo(0.25, 9);
    expect(shares[1]).toBeCloseTo(0.75, 9);
    expect(shares[2]).toBe(0);
  });

  it('should refuse a level that there is not, and name the nearest', () => {
    const act = () => balancedShares([1, 1], ['low', 'high'], { hihg: 1 }, 1, 'risk');

    expect(act).toThrow(InvalidOptionError);
    expect(act).toThrow("'hihg'. Did you mean 'high'?");
  });

  it('should always give shares from 0 that sum to 1, and never take more of a level than is missing', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        counts.filter((all) => sum(all) > 0),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (counts, ratio) => {
          const levels = counts.map((_, k) => `level ${k}`);

          const shares = balancedShares(counts, levels, undefined, ratio, 'column');

          expect(sum(shares)).toBeCloseTo(1, 6);
          const output = counts.map(
            (count, k) => ((1 - ratio) * count) / sum(counts) + ratio * (shares[k] as number),
          );
          const filled = output.filter((_, k) => (shares[k] as number) > 1e-9);
          for (const height of filled) expect(height).toBeCloseTo(filled[0] as number, 6);
          expect(Math.min(...output)).toBeCloseTo(filled[0] as number, 6);
        },
      ),
    );
  });
});

describe('drawEvenly', () => {
  it('should always give each code its share of the rows, to a few rows', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        weights.filter((all) => sum(all) > 0),
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (weights, rows, uniform) => {
          const shares = weights.map((weight) => weight / sum(weights));
          const codes = new Int32Array(rows);

          drawEvenly(shares, codes, uniform);

          for (const [code, share] of shares.entries()) {
            const count = codes.filter((each) => each === code).length;
            expect(Math.abs(count - share * rows)).toBeLessThan(4);
          }
        },
      ),
    );
  });
});
