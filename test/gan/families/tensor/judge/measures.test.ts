import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitHoldout } from '../../../../../src/gan/families/tensor/hold-out.js';
import { chanceDistance, kernelDistance } from '../../../../../src/gan/features/kernel-distance.js';
import { scaleOf, standardise } from '../../../../../src/gan/features/scale.js';
import { spreadOf } from '../../../../../src/gan/features/spread.js';
import { createRandom } from '../../../../../src/random.js';

const size = 3;
const normal = (rows: number, seed: number) =>
  createRandom(seed).fillNormal(new Float32Array(rows * size));

describe('kernelDistance', () => {
  it('should see labels that images do not go with', () => {
    const values = normal(300, 1).map((x, at) => x + (Math.floor(at / size) % 2 === 0 ? 2 : -2));
    const other = normal(300, 2).map((x, at) => x + (Math.floor(at / size) % 2 === 0 ? 2 : -2));
    const labels = Int32Array.from({ length: 300 }, (_, row) => row % 2);
    const real = { values, size, labels };

    const right = kernelDistance(real, { values: other, size, labels });
    const wrong = kernelDistance(real, { values: other, size, labels: labels.map((x) => 1 - x) });

    expect(Math.abs(right)).toBeLessThan(wrong / 10);
  });
});

describe('chanceDistance', () => {
  it.each([
    ['without labels', undefined],
    ['with labels', Int32Array.from({ length: 60 }, (_, row) => row % 3)],
  ])('should be as far as the distances of images of one kind are spread, %s', (_, labels) => {
    const features = (seed: number) => ({ values: normal(60, seed), size, labels });
    const seeds = Array.from({ length: 200 }, (_, seed) => 2 * seed);

    const distances = seeds.map((seed) => kernelDistance(features(seed), features(seed + 1)));
    const expected = seeds.map((seed) => chanceDistance(features(seed)));

    const meanSquare = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    const ratio = Math.sqrt(meanSquare(expected) / meanSquare(distances));
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });
});

describe('spreadOf', () => {
  it('should always be the mean squared distance of two images of one class', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 4, max: 12 }), (seed, rows) => {
        const values = normal(2 * rows, seed);
        const labels = Int32Array.from({ length: 2 * rows }, (_, row) => row % 2);
        let [sum, pairs] = [0, 0];
        for (let i = 0; i < 2 * rows; i++) {
          for (let j = i % 2; j < 2 * rows; j += 2) {
            if (i === j) continue;
            for (let k = 0; k < size; k++) {
              sum += ((values[i * size + k] as number) - (values[j * size + k] as number)) ** 2;
            }
            pairs++;
          }
        }

        const spread = spreadOf({ values, size, labels });

        expect(spread).toBeCloseTo(sum / pairs, 6);
      }),
    );
  });

  it('should be nothing for one image again and again', () => {
    const values = new Float32Array(20 * size).fill(0.3);

    const spread = spreadOf({ values, size });

    expect(spread).toBeCloseTo(0, 12);
  });
});

describe('standardise', () => {
  it('should always give features of mean 0 and deviation 1, also the constant ones', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -5, max: 5, noNaN: true }), (seed, move) => {
        const values = normal(50, seed).map((x, at) => (at % size === 0 ? 1 / 3 : 3 * x + move));

        const standard = standardise(values, scaleOf(values, size));

        const { mean, deviation } = scaleOf(standard, size);
        mean.forEach((value) => {
          expect(value).toBeCloseTo(0, 4);
        });
        deviation.forEach((value) => {
          expect(value).toBeCloseTo(1, 4);
        });
      }),
    );
  });
});

describe('splitHoldout', () => {
  const numbered = (count: number) => ({
    count,
    fill: (index: number, target: Float32Array, to: number) => target.fill(index, to, to + 1),
    labels: Int32Array.from({ length: count }, (_, k) => k % 7),
  });
  const numbersOf = ({ count, fill }: ReturnType<typeof numbered>) =>
    Array.from({ length: count }, (_, index) => {
      const target = new Float32Array(1);
      fill(index, target, 0);
      return target[0] as number;
    });

  it('should always keep each image, with its label, either to learn from or to judge by', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 20_000 }), fc.integer(), (count, seed) => {
        const { train, held } = splitHoldout(numbered(count), createRandom(seed));

        const both = [train, held].map((part) => numbersOf(part as ReturnType<typeof numbered>));
        expect(both.flat().sort((a, b) => a - b)).toEqual(numbersOf(numbered(count)));
        expect(held.count).toBe(Math.min(Math.ceil(count / 10), 1000));
        expect([...(held.labels ?? [])]).toEqual(both[1]?.map((k) => k % 7));
      }),
      { numRuns: 10 },
    );
  });

  it('should use few images for both', () => {
    const source = numbered(30);

    const { train, held } = splitHoldout(source, createRandom(1));

    expect(train).toBe(source);
    expect(numbersOf(held as typeof source).sort((a, b) => a - b)).toEqual(numbersOf(source));
  });
});
