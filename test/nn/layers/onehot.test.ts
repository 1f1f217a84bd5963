import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onehotProduct } from '../../../src/nn/layers/onehot.js';
import { createRandom } from '../../../src/random.js';
import { evaluate, largestDifference, type Pure, randomInput } from '../../compute/engines.js';
import { weigh } from '../../compute/slopes.js';

/** Rows of equal spans with one 1 in each. */
function onehots(rows: number, spans: number, width: number, seed: number) {
  const random = createRandom(seed);
  const values = new Float32Array(rows * spans * width);
  for (let span = 0; span < rows * spans; span++) values[span * width + random.integer(width)] = 1;
  return { shape: [rows, spans * width], dtype: 'float32', values } as const;
}

const both =
  (product: (x: tf.Tensor2D, weight: tf.Tensor2D) => tf.Tensor): Pure =>
  ({ x, weight }) => ({
    y: product(x as tf.Tensor2D, weight as tf.Tensor2D),
    slope: tf.grad((w) => weigh(tf.square(product(x as tf.Tensor2D, w as tf.Tensor2D))))(
      weight as tf.Tensor,
    ),
  });

describe('onehotProduct', () => {
  it('should be the product, and have its slopes, on both engines', async () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 6 }),
      spans: fc.integer({ min: 1, max: 4 }),
      width: fc.integer({ min: 1, max: 5 }),
      outputs: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, spans, width, outputs, seed }) => {
        const inputs = {
          x: onehots(rows, spans, width, seed),
          weight: randomInput([spans * width, outputs], seed),
        };
        const looked = both((x, weight) => onehotProduct(x, weight, spans));

        const expected = await evaluate('tfjs', both(tf.matMul), inputs);

        for (const engine of ['onnx', 'tfjs'] as const) {
          const found = await evaluate(engine, looked, inputs);
          expect(largestDifference(found, expected)).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 20 },
    );
  });
});
