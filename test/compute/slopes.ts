import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { evaluate, largestDifference, type Pure, type randomInput } from './engines.js';

/** Fixed weights turn any result into one number that depends on all of it. */
export function weigh(y: tf.Tensor): tf.Scalar {
  const flat = tf.reshape(tf.cast(y, 'float32'), [-1]);
  const factors = tf.tensor1d(Array.from({ length: flat.size }, (_, k) => Math.cos(k + 1)));
  return tf.sum(tf.mul(flat, factors));
}

/**
 * Expects the slope of a function that is linear in x: the function along any way is the slope
 * times the way. On both engines; and the slope of a square of it, which needs the slope of the
 * slope.
 */
export async function expectLinearSlopes(
  op: (x: tf.Tensor) => tf.Tensor,
  x: ReturnType<typeof randomInput>,
): Promise<void> {
  const slopeAt = (z: tf.Tensor) => tf.grad((at) => weigh(op(at)))(z);
  const pure: Pure = ({ x: given }) => {
    const at = given as tf.Tensor;
    const energy = (z: tf.Tensor) => tf.sum(tf.square(op(z))) as tf.Scalar;
    const energySlope = (z: tf.Tensor) => tf.grad(energy)(z);
    return {
      change: weigh(op(at)),
      slope: tf.sum(tf.mul(slopeAt(at), at)),
      // The energy is quadratic: its slope along x is twice it, and the slope of that twice that.
      energy: tf.mul(energy(at), 4),
      energySlope: tf.sum(tf.mul(tf.grad((z) => tf.sum(tf.mul(energySlope(z), z)))(at), at)),
      all: slopeAt(at),
    };
  };

  const eager = await evaluate('tfjs', pure, { x });
  const native = await evaluate('onnx', pure, { x });

  const one = (name: string) => ({ y: eager[name] }) as never;
  expect(largestDifference(one('slope'), one('change'))).toBeLessThan(1e-4);
  expect(largestDifference(one('energySlope'), one('energy'))).toBeLessThan(1e-4);
  expect(largestDifference(native, eager)).toBeLessThan(1e-4);
}
