import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveProblem, heightOf, placeOf } from '../../../src/encode/modes/curve.js';

const curves = fc
  .uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 20 })
  .chain((from) =>
    fc
      .array(fc.integer({ min: -1000, max: 1000 }), {
        minLength: from.length,
        maxLength: from.length,
      })
      .map((to) => {
        const sorted = (values: number[]) => values.map((v) => v / 1000).sort((a, b) => a - b);
        return { from: sorted(from), to: sorted(to) };
      }),
  );

describe('heightOf', () => {
  it('should go through the points, straight between them and level beyond', () => {
    const curve = { from: [-0.5, 0, 0.5], to: [-1, 0.2, 0.4] };

    const heights = [-0.9, -0.5, -0.25, 0, 0.25, 0.5, 0.9].map((value) => heightOf(curve, value));

    const expected = [-1, -1, -0.4, 0.2, 0.3, 0.4, 0.4];
    for (const [k, height] of heights.entries()) {
      expect(height).toBeCloseTo(expected[k] as number, 12);
    }
  });

  it('should never fall', () => {
    fc.assert(
      fc.property(
        curves,
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (curve, a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];

          const difference = heightOf(curve, high) - heightOf(curve, low);

          expect(difference).toBeGreaterThanOrEqual(-1e-12);
        },
      ),
    );
  });
});

describe('placeOf', () => {
  it('should always give a number of that height, if the curve reaches it', () => {
    fc.assert(
      fc.property(curves, fc.double({ min: 0, max: 1, noNaN: true }), (curve, share) => {
        const [lowest, highest] = [curve.to[0], curve.to.at(-1)] as [number, number];
        const height = lowest + share * (highest - lowest);

        const place = placeOf(curve, height);

        expect(heightOf(curve, place)).toBeCloseTo(height, 9);
      }),
    );
  });
});

describe('curveProblem', () => {
  it('should find nothing wrong with a rising curve', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        expect(curveProblem(curve)).toBeUndefined();
      }),
    );
  });

  it.each([
    { from: [0], to: [0] },
    { from: [0, 1], to: [0] },
    { from: [0, 0], to: [0, 1] },
    { from: [0, 1], to: [1, 0] },
    { from: [0, 2], to: [0, 1] },
    { from: [0, Number.NaN], to: [0, 1] },
  ])('should refuse %j', (curve) => {
    const problem = curveProblem(curve);

    expect(problem).toBeDefined();
  });
});
