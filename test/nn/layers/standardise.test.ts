import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epsilon, normalise, standardise } from '../../../src/nn/layers/standardise.js';
import { evaluate, largestDifference, type Pure, randomInput } from '../../compute/engines.js';

/** The same without a gradient of its own. */
function plainly(x: tf.Tensor, axes: number[]): tf.Tensor {
  const centered = tf.sub(x, tf.mean(x, axes, true));
  const variance = tf.mean(tf.square(centered), axes, true);
  return tf.mul(centered, tf.rsqrt(tf.add(variance, epsilon)));
}

/** A result, its slope along `weights`, and the slope of the slope's length. */
const upToSecondOrder = (norm: (x: tf.Tensor) => tf.Tensor): Pure => {
  return ({ x, weights }) => {
    const weighed = (input: tf.Tensor) =>
      tf.sum(tf.mul(norm(input), weights as tf.Tensor)) as tf.Scalar;
    const slope = tf.grad(weighed);
    const length = (input: tf.Tensor) => tf.sum(tf.square(slope(input))) as tf.Scalar;
    return {
      y: norm(x as tf.Tensor),
      slope: slope(x as tf.Tensor),
      second: tf.grad(length)(x as tf.Tensor),
    };
  };
};

describe('standardise', () => {
  it('should have the slopes, of first and second order, of what it is short for', async () => {
    const cases = fc.record({
      seed: fc.nat(1000),
      shape: fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 5 })),
      axis: fc.constantFrom(0, 1),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ seed, shape, axis }) => {
        const given = {
          x: randomInput(shape, seed, 1, 9),
          weights: randomInput(shape, seed + 1, -1, 1),
        };

        const short = upToSecondOrder((x) => standardise(x, [axis]).y);
        const plain = upToSecondOrder((x) => plainly(x, [axis]));

        const [found, expected] = [
          await evaluate('onnx', short, given),
          await evaluate('onnx', plain, given),
        ];
        expect(largestDifference(found, expected)).toBeLessThan(2e-3);
      }),
      { numRuns: 20 },
    );
  });

  it('should have these slopes with scale and shift too', async () => {
    const cases = fc.record({ seed: fc.nat(1000), instance: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(cases, async ({ seed, instance }) => {
        const shape = [3, 4, 2];
        const axes = instance ? [1] : [0, 1];
        const given = {
          x: randomInput(shape, seed, 1, 9),
          weights: randomInput(shape, seed + 1, -1, 1),
          scale: randomInput([2], seed + 2, 0.5, 2),
          shift: randomInput([2], seed + 3),
        };
        const slopes =
          (norm: (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => tf.Tensor): Pure =>
          ({ x, weights, scale, shift }) => {
            const inputs = [x, scale, shift] as tf.Tensor[];
            const weighed = (...at: tf.Tensor[]) =>
              tf.sum(
                tf.mul(norm(...(at as [tf.Tensor, tf.Tensor, tf.Tensor])), weights as tf.Tensor),
              );
            const found = tf.grads(weighed)(inputs);
            const [byX, byScale, byShift] = found as [tf.Tensor, tf.Tensor, tf.Tensor];
            return { y: weighed(...inputs), byX, byScale, byShift };
          };

        const short = slopes(
          (x, scale, shift) => normalise({ 'n/scale': scale, 'n/shift': shift }, 'n', x, axes).y,
        );
        const plain = slopes((x, scale, shift) => tf.add(tf.mul(plainly(x, axes), scale), shift));

        const expected = await evaluate('tfjs', plain, given);
        for (const engine of ['onnx', 'tfjs'] as const) {
          expect(largestDifference(await evaluate(engine, short, given), expected)).toBeLessThan(
            1e-4,
          );
        }
      }),
      { numRuns: 10 },
    );
  });
});
