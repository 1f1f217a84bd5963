import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  createSegments,
  logSumExpSegments,
  softmaxSegments,
} from '../../../src/gan/layers/segments.js';
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

describe.each(['onnx', 'tfjs'] as const)('segments on %s', (engine) => {
  it('should take the softmax of each span, and its gradient', async () => {
    const segments = (z: tf.Tensor) => softmaxSegments(createSegments(widths), z as tf.Tensor2D);
    const plain = (z: tf.Tensor) => bySpan(z, tf.softmax);

    const ours = await evaluate(
      engine,
      ({ x }) => ({
        y: segments(x as tf.Tensor),
        slope: tf.grad((z) => weigh(segments(z)))(x as tf.Tensor),
      }),
      { x },
    );
    const theirs = await evaluate(
      'tfjs',
      ({ x }) => ({
        y: plain(x as tf.Tensor),
        slope: tf.grad((z) => weigh(plain(z)))(x as tf.Tensor),
      }),
      { x },
    );

    expect(largestDifference(ours, theirs)).toBeLessThan(2e-6);
  });

  it('should take the logarithm of the sum of exponentials of each span, and its gradient', async () => {
    const segments = (z: tf.Tensor) => logSumExpSegments(createSegments(widths), z as tf.Tensor2D);
    const plain = (z: tf.Tensor) => bySpan(z, (span) => tf.log(tf.sum(tf.exp(span), 1, true)));

    const ours = await evaluate(
      engine,
      ({ x }) => ({
        y: segments(x as tf.Tensor),
        slope: tf.grad((z) => weigh(segments(z)))(x as tf.Tensor),
      }),
      { x },
    );
    const theirs = await evaluate(
      'tfjs',
      ({ x }) => ({
        y: plain(x as tf.Tensor),
        slope: tf.grad((z) => weigh(plain(z)))(x as tf.Tensor),
      }),
      { x },
    );

    expect(largestDifference(ours, theirs)).toBeLessThan(5e-6);
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
