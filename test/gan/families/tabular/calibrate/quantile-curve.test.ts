import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveProblem, heightOf } from '../../../../../src/encode/modes/curve.js';
import { quantileCurve } from '../../../../../src/gan/families/tabular/calibrate/quantile-curve.js';
import { createRandom } from '../../../../../src/random.js';

/** Largest distance of the distribution functions of two samples. */
function distance(a: Float32Array, b: Float32Array): number {
  const [one, other] = [a.toSorted(), b.toSorted()];
  const below = (sorted: Float32Array, value: number) =>
    sorted.filter((each) => each <= value).length / sorted.length;
  return Math.max(...other.map((value) => Math.abs(below(one, value) - below(other, value))));
}

describe('quantileCurve', () => {
  it('should give made numbers the distribution of the real ones', () => {
    const random = createRandom(5);
    const made = random.fillNormal(new Float32Array(2000)).map((value) => Math.tanh(value / 2));
    const real = random.fillUniform(new Float32Array(2000)).map((value) => 1.8 * value ** 3 - 0.9);
    const curve = quantileCurve(made, real);

    const corrected = made.map((value) => heightOf(curve as never, value));

    expect(distance(made, real)).toBeGreaterThan(0.2);
    expect(distance(corrected, real)).toBeLessThan(0.03);
  });

  it('should always be a curve over [−1, 1], or none', () => {
    const numbers = fc
      .array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 60 })
      .map((values) => Float32Array.from(values));
    fc.assert(
      fc.property(numbers, numbers, (made, real) => {
        const curve = quantileCurve(made, real);

        expect(curve && curveProblem(curve)).toBeUndefined();
      }),
    );
  });

  it('should have no point of a few numbers alone', () => {
    const curve = quantileCurve(new Float32Array(9).fill(0.1), Float32Array.of(0.1, 0.2, 0.3));

    expect(curve).toBeUndefined();
  });
});
