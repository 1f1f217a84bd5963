import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digamma, logGamma } from '../../../src/encode/modes/special-functions.js';

const positive = fc.double({ min: 1e-3, max: 1e5, noNaN: true });

describe('digamma', () => {
  it('should hold its known values', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 11);
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 11);
    expect(digamma(10)).toBeCloseTo(2.251752589066721, 11);
  });

  it('should satisfy its recurrence', () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(1e-10 * (1 + 1 / x));
      }),
    );
  });
});

describe('logGamma', () => {
  it('should hold its known values', () => {
    expect(logGamma(1)).toBeCloseTo(0, 11);
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 11);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 11);
    expect(logGamma(0.001)).toBeCloseTo(6.907178885383854, 10);
  });

  it('should satisfy its recurrence', () => {
    fc.assert(
      fc.property(positive, (x) => {
        const error = logGamma(x + 1) - logGamma(x) - Math.log(x);

        expect(Math.abs(error)).toBeLessThan(1e-10 * (1 + Math.abs(logGamma(x))));
      }),
    );
  });
});
