import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureNeighbourhoods } from '../../../src/evaluate/image/coverage.js';
import { frechetDistance, kernelDistance } from '../../../src/evaluate/image/distances.js';
import { eigenvalues, rootOf } from '../../../src/evaluate/image/eigen.js';
import { createRandom } from '../../../src/random.js';

/** Normal features, moved and stretched. */
function features(rows: number, size: number, { seed = 1, move = 0, stretch = 1 } = {}) {
  const values = createRandom(seed).fillNormal(new Float32Array(rows * size));
  return { size, values: values.map((value) => stretch * value + move) };
}

describe('frechetDistance', () => {
  it('should be that of normal distributions, and nothing for the same features', () => {
    const [a, b] = [features(20_000, 3), features(20_000, 3, { seed: 2, move: 2, stretch: 3 })];

    // Three times (2² + (3 − 1)²).
    expect(frechetDistance(a, b)).toBeGreaterThan(23.3);
    expect(frechetDistance(a, b)).toBeLessThan(24.7);
    expect(frechetDistance(a, a)).toBeCloseTo(0, 9);
  });

  it('should be what numpy and scipy computed', () => {
    // A = [[1, 2], [3, 4], [5, 7], [2, 0]], B = [[0, 1], [2, 2], [4, 9], [1, 1]].
    const a = { size: 2, values: Float32Array.of(1, 2, 3, 4, 5, 7, 2, 0) };
    const b = { size: 2, values: Float32Array.of(0, 1, 2, 2, 4, 9, 1, 1) };

    expect(frechetDistance(a, b)).toBeCloseTo(1.8049272873430358, 6);
    expect(kernelDistance(a, b)).toBeCloseTo(-9456.645833333332, 6);
  });
});

describe('kernelDistance', () => {
  it('should be about 0 for features of one kind, and more for others', () => {
    const a = features(400, 4);

    const [alike, unlike] = [
      kernelDistance(a, features(400, 4, { seed: 2 })),
      kernelDistance(a, features(400, 4, { seed: 2, move: 1 })),
    ];

    expect(Math.abs(alike)).toBeLessThan(0.15);
    expect(unlike).toBeGreaterThan(1);
  });
});

describe('rootOf', () => {
  it('should give a matrix whose square is the first, with the roots of its eigenvalues', () => {
    const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: 16,
      maxLength: 16,
    });
    const times = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Float64Array.from({ length: 16 }, (_, at) => {
        const [i, j] = [at >> 2, at & 3];
        return [0, 1, 2, 3].reduce(
          (sum, k) => sum + (a[4 * i + k] as number) * (b[4 * k + j] as number),
          0,
        );
      });
    fc.assert(
      fc.property(numbers, (x) => {
        const transposed = x.map((_, at) => x[4 * (at & 3) + (at >> 2)] as number);
        const matrix = times(x, transposed);

        const root = rootOf(matrix, 4);

        times(root, root).forEach((value, at) => {
          expect(value).toBeCloseTo(matrix[at] as number, 6);
        });
        const trace = [0, 5, 10, 15].reduce((sum, at) => sum + (matrix[at] as number), 0);
        const sum = eigenvalues(matrix, 4).reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(trace, 6);
      }),
    );
  });
});

describe('measureNeighbourhoods', () => {
  it('should be about 1 for features of one kind, and 0 far away', () => {
    const real = features(300, 2);

    const alike = measureNeighbourhoods(real, features(300, 2, { seed: 2 }));
    const far = measureNeighbourhoods(real, features(300, 2, { seed: 2, move: 50 }));

    for (const share of Object.values(alike)) {
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(1.15);
    }
    expect(far).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });

  it('should see that modes are lost, by recall and coverage alone', () => {
    const [left, right] = [features(150, 2), features(150, 2, { seed: 3, move: 20 })];
    const real = { size: 2, values: Float32Array.of(...left.values, ...right.values) };

    const { precision, recall, coverage } = measureNeighbourhoods(
      real,
      features(150, 2, { seed: 2 }),
    );

    expect(precision).toBeGreaterThan(0.85);
    expect(recall).toBeLessThan(0.55);
    expect(coverage).toBeLessThan(0.55);
  });
});
