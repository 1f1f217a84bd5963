import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wassersteinDistance } from '../../../src/evaluate/sequence/wasserstein.js';

const numbers = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 12 })
  .map((all) => Float64Array.from(all));

describe('wassersteinDistance', () => {
  it('should be how far numbers are moved on average, also of samples of unlike size', () => {
    const [few, many] = [Float64Array.of(0, 4), Float64Array.of(1, 1, 4, 4, 4, 4)];

    const distance = wassersteinDistance(few, many);

    // The first third moves by 1, the next sixth by 4, and half stays.
    expect(distance).toBeCloseTo(1 / 3 + 4 / 6);
  });

  it('should not depend on order or on how often a sample is repeated, and add what is shifted', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: -5, max: 5 }), (a, b, shift) => {
        const twice = Float64Array.from([...a, ...a].reverse());

        const distance = wassersteinDistance(a, b);

        expect(wassersteinDistance(twice, b)).toBeCloseTo(distance);
        expect(wassersteinDistance(b, a)).toBeCloseTo(distance);
        expect(
          wassersteinDistance(
            a,
            a.map((value) => value + shift),
          ),
        ).toBeCloseTo(Math.abs(shift));
      }),
    );
  });
});
