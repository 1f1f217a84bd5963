import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  createSegments,
  logSumExpSegments,
  softmaxSegments,
} from '../../../src/nn/layers/segments.js';
import { evaluate, largestDifference, randomInput } from '../../compute/engines.js';

const widths = [3, 1, 4];
const starts = [0, 3, 4];
const x = randomInput([5, 8], 1, -3, 3);

/** Applies an op to each span by itself. */
const bySpan = (input: tf.Tensor, op: (span: tf.Tensor2D) => tf.Tensor) =>
  tf.concat(
    widths.map((width, k) =>
      op(tf.slice(input as tf.Tensor2D, [0, starts[k] as number], [5, width])),
    ),
    1,
  );
const weigh = (y: tf.Tensor) => tf.sum(tf.mul(y, tf.cos(y)));

/** Value and slope of a function by both ways of computing it. */
function expectAlike(
  engine: 'onnx' | 'tfjs',
  ours: (z: tf.Tensor) => tf.Tensor,
  plain: (z: tf.Tensor) => tf.Tensor,
) {
  const both = (op: (z: tf.Tensor) => tf.Tensor) => (fed: Record<string, tf.Tensor>) => ({
    y: op(fed.x as tf.Tensor),
    slope: tf.grad((z) => weigh(op(z)))(fed.x as tf.Tensor),
  });
  return Promise.all([
    evaluate(engine, both(ours), { x }),
    evaluate('tfjs', both(plain), { x }),
  ]).then(([a, b]) => expect(largestDifference(a, b)).toBeLessThan(5e-6));
}

describe.each(['onnx', 'tfjs'] as const)('segments on %s', (engine) => {
  it('should take the softmax of each span, and its gradient', async () => {
    await expectAlike(
      engine,
      (z) => softmaxSegments(createSegments(widths), z as tf.Tensor2D),
      (z) => bySpan(z, tf.softmax),
    );
  });

  it('should take the logarithm of the sum of exponentials of each span, and its gradient', async () => {
    await expectAlike(
      engine,
      (z) => logSumExpSegments(createSegments(widths), z as tf.Tensor2D),
      (z) => bySpan(z, (span) => tf.log(tf.sum(tf.exp(span), 1, true))),
    );
  });

  it('should stay finite where one span is far below the others', async () => {
    const far = {
      ...randomInput([5, 8], 2),
      values: x.values.map((v, k) => v - (k % 8 < 3 ? 500 : 0)),
    };

    const { y, slope } = await evaluate(
      engine,
      ({ x }) => {
        const softmax = (z: tf.Tensor) => softmaxSegments(createSegments(widths), z as tf.Tensor2D);
        return {
          y: softmax(x as tf.Tensor),
          slope: tf.grad((z) => weigh(softmax(z)))(x as tf.Tensor),
        };
      },
      { x: far },
    );

    expect(y?.values.every(Number.isFinite)).toBe(true);
    expect(slope?.values.every(Number.isFinite)).toBe(true);
    const firstSpan = (y?.values ?? []).slice(0, 3) as Float32Array;
    expect(firstSpan.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });
});
