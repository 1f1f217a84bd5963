import type { Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type HostTensors, mapEntries } from '../../../../../src/compute/tensor.js';
import {
  inferenceLogits,
  inferenceWeights,
} from '../../../../../src/gan/families/tabular/ctgan/inference-generator.js';
import {
  createGenerator,
  generateLogits,
  joinWeights,
} from '../../../../../src/gan/families/tabular/ctgan/networks.js';
import { ctgan } from '../../../../../src/gan/families/tabular/ctgan/recipe.js';
import { createRandom } from '../../../../../src/random.js';
import { evaluate, largestDifference, randomInput } from '../../../../compute/engines.js';

const recipe = { ...ctgan, latent: 5, generator: [7, 6] };
const rows = 9;

const shapeOf = (condition: number) => ({
  width: 8,
  scalars: 2,
  counts: [],
  categories: [],
  spans: [6],
  condition,
  onehots: 6,
});

/** Weights and running statistics as training might leave them. */
function trained(condition: number): HostTensors {
  const state = createGenerator(recipe, shapeOf(condition), createRandom(1));
  return mapEntries(state, (tensor, name) => ({
    ...tensor,
    values: randomInput(tensor.shape, name.length, 0.5, 2).values,
  }));
}

/** Row k has a 1 in column k − 1, and row 0 none. */
function conditions(size: number) {
  const values = new Float32Array(rows * size);
  for (let row = 1; row < rows; row++) values[row * size + ((row - 1) % size)] = 1;
  return { shape: [rows, size], dtype: 'float32', values } as const;
}

describe('inferenceLogits', () => {
  it.each([0, 4])(
    'should give what the generator gives in evaluation, with %i categories',
    async (size) => {
      const state = trained(size);
      const latent = randomInput([rows, recipe.latent], 7);
      const condition = size > 0 ? { condition: conditions(size) } : undefined;

      const whole = await evaluate(
        'tfjs',
        ({ latent, condition, ...weights }) => {
          const input = {
            latent: latent as Tensor2D,
            condition: condition as Tensor2D | undefined,
          };
          return { logits: generateLogits(recipe, weights, input, false).logits };
        },
        { latent, ...condition, ...state },
      );
      const plain = await evaluate(
        'onnx',
        ({ latent, condition, ...weights }) => ({
          logits: inferenceLogits(
            recipe,
            weights,
            latent as Tensor2D,
            condition as Tensor2D | undefined,
          ),
        }),
        {
          latent,
          ...condition,
          ...inferenceWeights(recipe, shapeOf(size), joinWeights(recipe, state)),
        },
      );

      expect(largestDifference(plain, whole)).toBeLessThan(1e-5);
    },
  );
});
