import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  createCritic,
  criticise,
  firstLayer,
  packRows,
} from '../../../../../src/gan/families/tabular/ctgan/critic.js';
import { penaltyBetween } from '../../../../../src/gan/families/tabular/ctgan/penalty.js';
import { ctgan } from '../../../../../src/gan/families/tabular/ctgan/recipe.js';
import { gradientPenalty } from '../../../../../src/gan/losses/gradient-penalty.js';
import { gradientsOf } from '../../../../../src/nn/gradients.js';
import { applyLeakyRelu } from '../../../../../src/nn/layers/activations.js';
import { createRandom } from '../../../../../src/random.js';
import {
  evaluate,
  largestDifference,
  type Pure,
  randomInput,
} from '../../../../compute/engines.js';

const recipe = { ...ctgan, critic: [6, 5], pack: 2 };
const [rows, width, condition] = [8, 4, 3];
const shape = { width, scalars: 4, counts: [], categories: [], spans: [], condition, onehots: 0 };
const packs = rows / recipe.pack;
const state = createCritic(recipe, shape, createRandom(1));

function onehots(seed: number) {
  const random = createRandom(seed);
  const values = new Float32Array(rows * condition);
  for (let row = 0; row < rows; row++) values[row * condition + random.integer(condition)] = 1;
  return { shape: [rows, condition], dtype: 'float32', values } as const;
}

const inputs = {
  real: randomInput([rows, width], 2),
  fake: randomInput([rows, width], 3),
  realCondition: onehots(4),
  fakeCondition: onehots(5),
  places: randomInput([packs, 1], 6, 0, 1),
  mask0: randomInput([packs, 6], 7, 0, 2),
  mask1: randomInput([packs, 5], 8, 0, 2),
  ...state,
};

/** The critic without any parts: of packs of rows joined to their conditions. */
function plainly(weights: Record<string, tf.Tensor>, packed: tf.Tensor2D, masks: tf.Tensor2D[]) {
  const of = (name: string) => weights[`critic/${name}`] as tf.Tensor2D;
  const part = (x: tf.Tensor, start: number, size: number) =>
    tf.slice(
      tf.reshape(x, [packs, recipe.pack, width + condition]),
      [0, 0, start],
      [packs, recipe.pack, size],
    );
  const columns = (x: tf.Tensor, start: number, size: number) =>
    tf.reshape(part(x, start, size), [packs, recipe.pack * size]) as tf.Tensor2D;
  let x: tf.Tensor2D = tf.add(
    tf.add(
      tf.matMul(columns(packed, 0, width), of('hidden0/rows/weight')),
      tf.matMul(columns(packed, width, condition), of('hidden0/condition/weight')),
    ),
    of('hidden0/bias'),
  );
  x = tf.mul(applyLeakyRelu(x), masks[0] as tf.Tensor2D);
  x = tf.add(tf.matMul(x, of('hidden1/weight')), of('hidden1/bias'));
  x = tf.mul(applyLeakyRelu(x), masks[1] as tf.Tensor2D);
  return tf.add(tf.matMul(x, of('output/weight')), of('output/bias')) as tf.Tensor2D;
}

const results =
  (
    loss: (weights: Record<string, tf.Tensor>, fed: Record<string, tf.Tensor2D>) => tf.Scalar,
  ): Pure =>
  (fed) => {
    const weights = Object.fromEntries(Object.keys(state).map((name) => [name, fed[name]]));
    const { value, gradients } = gradientsOf(weights as never, (moved) =>
      loss(moved, fed as never),
    );
    const slopes = Object.entries(gradients).map(([name, slope]) => [`d ${name}`, slope]);
    return { value, ...Object.fromEntries(slopes) };
  };

describe('the penalty by what the first layer made', () => {
  it('should be, with its gradients, that of points between packed rows', async () => {
    const byFirst = results((weights, fed) => {
      const { real, fake, realCondition, fakeCondition, places, mask0, mask1 } = fed;
      const firstOf = (x: tf.Tensor2D, c: tf.Tensor2D) =>
        firstLayer(recipe, weights, packRows(recipe, x, c));
      const [a, b] = [
        firstOf(real as never, realCondition as never),
        firstOf(fake as never, fakeCondition as never),
      ];
      const masks = [mask0, mask1] as tf.Tensor2D[];
      const penalty = penaltyBetween(recipe, weights, [a, b], places as tf.Tensor2D, masks);
      return tf.add(penalty, tf.mean(criticise(recipe, weights, a, masks)));
    });
    const byRows = results((weights, fed) => {
      const { real, fake, realCondition, fakeCondition, places, mask0, mask1 } = fed;
      const packed = (x: tf.Tensor2D, c: tf.Tensor2D) =>
        tf.reshape(tf.concat([x, c], 1), [packs, recipe.pack * (width + condition)]);
      const critic = (x: tf.Tensor) =>
        plainly(weights, x as tf.Tensor2D, [mask0, mask1] as tf.Tensor2D[]);
      const [a, b] = [
        packed(real as never, realCondition as never),
        packed(fake as never, fakeCondition as never),
      ];
      const penalty = gradientPenalty(critic, a, b, places as tf.Tensor2D);
      return tf.add(penalty, tf.mean(critic(a)));
    });

    const expected = await evaluate('tfjs', byRows, inputs);

    const found = await evaluate('onnx', byFirst, inputs);
    expect(largestDifference(found, expected)).toBeLessThan(1e-4);
    expect(expected.value?.values[0]).not.toBe(0);
  });

  it('should come with the scores of packed rows', async () => {
    const scores = await evaluate(
      'onnx',
      ({ real, realCondition, mask0, mask1, ...weights }) => {
        const packed = packRows(recipe, real as tf.Tensor2D, realCondition as tf.Tensor2D);
        const first = firstLayer(recipe, weights, packed);
        return { y: criticise(recipe, weights, first, [mask0, mask1] as tf.Tensor2D[]) };
      },
      inputs,
    );
    const expected = await evaluate(
      'tfjs',
      ({ real, realCondition, mask0, mask1, ...weights }) => {
        const joined = tf.concat([real as tf.Tensor2D, realCondition as tf.Tensor2D], 1);
        const packed: tf.Tensor2D = tf.reshape(joined, [packs, -1]);
        return { y: plainly(weights, packed, [mask0, mask1] as tf.Tensor2D[]) };
      },
      inputs,
    );

    expect(largestDifference(scores, expected)).toBeLessThan(1e-5);
  });
});
