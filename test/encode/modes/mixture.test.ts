import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMixture } from '../../../src/encode/modes/mixture.js';
import { createRandom } from '../../../src/random.js';

const random = createRandom('mixture');

/** Two Gaussians, far apart, in shares of 3 to 7. */
function twoGaussians(count: number, seed: number): Float64Array {
  const own = random.fork(seed);
  return Float64Array.from({ length: count }, () =>
    own.uniform() < 0.3 ? -10 + own.normal() : 10 + 2 * own.normal(),
  );
}

describe('fitMixture', () => {
  it.each([500, 5_000, 50_000])('should recover two Gaussians from %i values', (count) => {
    const [left, right, ...others] = fitMixture(twoGaussians(count, count));

    const noise = 10 / Math.sqrt(count);
    expect(others).toEqual([]);
    expect(Math.abs((left?.weight ?? 0) - 0.3)).toBeLessThan(noise);
    expect(Math.abs((left?.mean ?? 0) + 10)).toBeLessThan(noise);
    expect(Math.abs((left?.deviation ?? 0) - 1)).toBeLessThan(noise);
    expect(Math.abs((right?.mean ?? 0) - 10)).toBeLessThan(2 * noise);
    expect(Math.abs((right?.deviation ?? 0) - 2)).toBeLessThan(2 * noise);
  });

  it('should see one Gaussian as one, and recover a narrow or a rare one beside a wide one', () => {
    const own = random.fork('shapes');
    const draw = (next: () => number) => Float64Array.from({ length: 20_000 }, next);
    const narrow = draw(() => (own.uniform() < 0.3 ? -10 + 1e-4 * own.normal() : own.normal()));
    const rare = draw(() => (own.uniform() < 0.02 ? 1000 + own.normal() : own.normal()));

    expect(fitMixture(draw(own.normal))).toHaveLength(1);
    expect(fitMixture(narrow)[0]?.deviation).toBeLessThan(2e-4);
    expect(fitMixture(rare).map(({ mean }) => Math.abs(Math.round(mean)))).toEqual([0, 1000]);
  });

  it('should not put components on single values of rounded data', () => {
    const own = random.fork('rounded');
    const values = Float64Array.from({ length: 20_000 }, () => Math.round(40 + 10 * own.normal()));

    expect(fitMixture(values)).toHaveLength(1);
  });

  it('should scale with the data, from the least to the largest float64', () => {
    const values = twoGaussians(1000, 2);
    const expected = fitMixture(values);

    for (const scale of [2 ** 1018, 2 ** 500, 2 ** -40, 2 ** -500, 2 ** -1040]) {
      const scaled = fitMixture(values.map((value) => value * scale));

      expect(scaled).toHaveLength(expected.length);
      scaled.forEach(({ weight, mean, deviation }, k) => {
        expect(weight).toBeCloseTo(expected[k]?.weight ?? 0, 3);
        expect(mean / scale).toBeCloseTo(expected[k]?.mean ?? 0, 2);
        expect(deviation / scale).toBeCloseTo(expected[k]?.deviation ?? 0, 2);
      });
    }
  });

  it('should not depend on the order of the values, nor on NaN and infinities among them', () => {
    const values = twoGaussians(700, 3);
    const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

    const other = fitMixture(Float64Array.from([...specials, ...values.toReversed(), ...specials]));

    expect(other).toEqual(fitMixture(values));
  });

  it('should give a proper mixture for any sample', () => {
    const value = fc.oneof(fc.double(), fc.integer({ min: 0, max: 3 }), fc.constant(1e-320));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const components = fitMixture(Float64Array.from(values));

        const finite = values.filter(Number.isFinite);
        expect(components.length).toBeLessThanOrEqual(10);
        expect(components.length > 0).toBe(finite.length > 0);
        for (const { weight, mean, deviation } of components) {
          expect(weight).toBeGreaterThan(0);
          expect(mean).toBeGreaterThanOrEqual(-Number.MAX_VALUE);
          expect(mean).toBeLessThanOrEqual(Number.MAX_VALUE);
          expect(deviation).toBeGreaterThanOrEqual(0);
          expect(deviation).toBeLessThan(Number.POSITIVE_INFINITY);
        }
      }),
    );
  });
});
