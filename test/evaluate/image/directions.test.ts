import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDirections } from '../../../src/evaluate/image/directions.js';
import { eigenvectors } from '../../../src/evaluate/image/eigen.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import type { BuiltLayer } from '../../../src/nn/layer.js';
import { tanh } from '../../../src/nn/layers/activations.js';
import { dense } from '../../../src/nn/layers/dense.js';
import { joinLabel } from '../../../src/nn/layers/labels.js';
import { sequential } from '../../../src/nn/sequential.js';
import { createRandom } from '../../../src/random.js';
import { hastyImages, imagesTable } from '../../gan/families/tensor/images-table.js';

const product = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, k) => sum + value * (b[k] as number), 0);

describe('eigenvectors', () => {
  it('should always be orthogonal, of length 1, and only stretched by their matrix', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), (seed, size) => {
        const root = createRandom(seed).fillNormal(new Float32Array(size * size));
        const matrix = new Float64Array(size * size);
        for (let at = 0; at < matrix.length; at++) {
          const [i, j] = [Math.floor(at / size), at % size];
          const row = (k: number) => root.subarray(k * size, (k + 1) * size);
          matrix[at] = product(row(i), row(j));
        }

        const vectors = eigenvectors(matrix, size);

        const stretched = vectors.map((vector) =>
          vector.map((_, i) =>
            vector.reduce((sum, value, j) => sum + value * (matrix[i * size + j] as number), 0),
          ),
        );
        const values = vectors.map((vector, k) => product(vector, stretched[k] as Float32Array));
        vectors.forEach((vector, k) => {
          vectors.forEach((other, l) => {
            expect(product(vector, other)).toBeCloseTo(k === l ? 1 : 0, 5);
          });
          stretched[k]?.forEach((value, i) => {
            expect(value).toBeCloseTo((values[k] as number) * (vector[i] as number), 3);
          });
          if (k > 0) expect(values[k]).toBeLessThanOrEqual((values[k - 1] as number) + 1e-4);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('findDirections', () => {
  it('should find the latent number that the first layer stretches most', async () => {
    const batch = imagesTable(12);
    const weights = Float32Array.of(0, 1, 3, 2);
    /** Latent number k times weight k, for each of 90 pixels; the label does nothing. */
    const known = (place: BuiltLayer): BuiltLayer => ({
      ...place,
      create: (name) => ({
        [`${name}/weight`]: {
          shape: [6, 90],
          dtype: 'float32',
          values: Float32Array.from({ length: 540 }, (_, at) => {
            const [row, pixel] = [Math.floor(at / 90), at % 90];
            return pixel === row ? (weights[row] ?? 9) : 0;
          }),
        },
      }),
    });
    const model = await fitModel(batch.schema, [batch], {
      steps: 1,
      privacy: false,
      target: 'label',
      recipe: {
        base: 'dcgan',
        latent: 4,
        batch: 4,
        widthMultiplier: 1 / 32,
        generatorOptimizer: { kind: 'rmsprop', learningRate: 1e-9 },
        generator: ({ latent, classes }) =>
          sequential({ shape: [latent], classes }, [
            joinLabel(),
            (place) => known(dense([6, 5, 3], { bias: false })(place)),
            tanh,
          ]),
      },
    });

    const directions = findDirections(model, 3);

    const strongest = directions.map((direction) => direction.map((x) => Math.round(Math.abs(x))));
    expect(strongest.map((direction) => [...direction])).toEqual([
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 1, 0, 0],
    ]);
  });

  it('should give as many as there are', async () => {
    const model = await hastyImages();

    const directions = findDirections(model, 100);

    expect(directions.map(({ length }) => length)).toEqual([4, 4, 4, 4]);
  });
});
