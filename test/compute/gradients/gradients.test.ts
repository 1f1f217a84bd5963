import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { evaluate, largestDifference, type Pure, randomInput } from '../engines.js';

type Op = (x: tf.Tensor) => tf.Tensor;

const shape = [3, 4];
const size = 12;
/** Places to differentiate at; kinks of the functions are not among them. */
const point = randomInput(shape, 21, 0.3, 1.7);
const weights = randomInput(shape, 22, -1, 1);
const other = randomInput(shape, 23, 0.4, 1.6);
const row = randomInput([1, 4], 24, 0.4, 1.6);

/** Fixed weights turn any result into one number that depends on all of it. */
const weigh = (y: tf.Tensor) => {
  const flat = tf.reshape(y, [-1]);
  const factors = tf.tensor1d(Array.from({ length: flat.size }, (_, k) => Math.cos(k + 1)));
  return tf.sum(tf.mul(flat, factors)) as tf.Scalar;
};

/** Slopes by central differences, in one run: x is repeated with each element moved up and down. */
async function slopesByDifference(op: (inputs: Record<string, tf.Tensor>) => tf.Tensor) {
  const step = 1 / 64;
  const slopes = new Float32Array(size);
  for (let k = 0; k < size; k++) {
    const moved = [1, -1].map((sign) => {
      const values = point.values.slice();
      values[k] = (values[k] as number) + sign * step;
      return { ...point, values };
    });
    const [up, down] = await Promise.all(
      moved.map(async (x) => {
        const inputs = { x, other, row };
        const { y } = await evaluate('tfjs', (fed) => ({ y: weigh(op(fed)) }), inputs);
        return y?.values[0] as number;
      }),
    );
    slopes[k] = ((up as number) - (down as number)) / (2 * step);
  }
  return { slope: { shape, dtype: 'float32', values: slopes } } as const;
}

const ops: Record<
  string,
  (inputs: { x: tf.Tensor; other: tf.Tensor; row: tf.Tensor }) => tf.Tensor
> = {
  abs: ({ x }) => tf.abs(tf.sub(x, 5)),
  add: ({ x, row }) => tf.add(row, x),
  'add of a repeated operand': ({ x, other }) => tf.add(tf.slice(x, [0, 0], [1, 4]), other),
  'add of many': ({ x, other }) => tf.addN([x, other, x]),
  clip: ({ x }) => tf.clipByValue(x, 0.2, 0.9),
  cos: ({ x }) => tf.cos(x),
  div: ({ x, other }) => tf.div(x, other),
  'div by x': ({ x, other }) => tf.div(other, x),
  elu: ({ x }) => tf.elu(tf.sub(x, 0.95)),
  exp: ({ x }) => tf.exp(x),
  log: ({ x }) => tf.log(x),
  maximum: ({ x }) => tf.maximum(x, tf.square(x)),
  minimum: ({ x }) => tf.minimum(tf.square(x), x),
  mul: ({ x, row }) => tf.mul(x, row),
  'mul of a repeated operand': ({ x, other }) => tf.mul(tf.slice(x, [0, 1], [3, 1]), other),
  neg: ({ x }) => tf.neg(x),
  pow: ({ x, other }) => tf.pow(x, other),
  'pow of a negative base': ({ x, other }) =>
    tf.mul(tf.pow(tf.sub(other, 3), tf.add(tf.step(x), 1)), x),
  'pow of x': ({ x, other }) => tf.pow(other, x),
  reciprocal: ({ x }) => tf.reciprocal(x),
  relu: ({ x }) => tf.relu(tf.sub(x, 0.95)),
  rsqrt: ({ x }) => tf.rsqrt(x),
  sigmoid: ({ x }) => tf.sigmoid(x),
  sin: ({ x }) => tf.sin(x),
  softplus: ({ x }) => tf.softplus(x),
  sqrt: ({ x }) => tf.sqrt(x),
  square: ({ x }) => tf.square(x),
  'squared difference': ({ x, other }) => tf.squaredDifference(other, x),
  sub: ({ x, other }) => tf.sub(other, x),
  tanh: ({ x }) => tf.tanh(x),
  where: ({ x, other }) => tf.where(tf.greater(other, 1), x, tf.mul(x, 3)),

  matMul: ({ x, other }) => tf.matMul(x as tf.Tensor2D, other as tf.Tensor2D, false, true),
  'matMul from the right': ({ x, other }) =>
    tf.matMul(other as tf.Tensor2D, x as tf.Tensor2D, true, false),
  'matMul of transposes': ({ x, other }) =>
    tf.matMul(x as tf.Tensor2D, tf.transpose(other) as tf.Tensor2D, true, true),
  'matMul of itself': ({ x }) => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D, true, false),

  'matMul of one with many': ({ x, other }) => {
    const many = tf.reshape(tf.concat([other, other], 0), [2, 3, 4]);
    return tf.matMul(tf.reshape(x, [1, 4, 3]), many as tf.Tensor3D);
  },

  sum: ({ x }) => tf.square(tf.sum(x, 0)),
  mean: ({ x }) => tf.square(tf.mean(x, 1, true)),
  max: ({ x }) => tf.square(tf.max(x, 1)),
  min: ({ x }) => tf.square(tf.min(x, 0, true)),
  softmax: ({ x }) => tf.softmax(x),
  logSoftmax: ({ x }) => tf.logSoftmax(x),

  broadcastTo: ({ x }) => tf.broadcastTo(tf.reshape(x, [3, 1, 4]), [3, 2, 4]),
  concat: ({ x, other }) => tf.square(tf.concat([other, x, x], 1)),
  expandDims: ({ x }) => tf.square(tf.expandDims(x, 1)),
  pad: ({ x }) =>
    tf.square(
      tf.pad(x, [
        [1, 0],
        [0, 2],
      ]),
    ),
  reshape: ({ x }) => tf.square(tf.reshape(x, [2, 6])),
  'slice from the start of an axis': ({ x }) => tf.square(tf.slice(x, 1, 2)),
  slice: ({ x }) => tf.square(tf.slice(x, [1, 1], [2, -1])),
  tile: ({ x }) => tf.square(tf.tile(x, [2, 3])),
  transpose: ({ x }) => tf.square(tf.transpose(x)),
};

describe('gradients', () => {
  it.each(Object.entries(ops))('should be the slope of %s, on both engines', async (_name, op) => {
    const inputs = { x: point, other, row };
    const pure: Pure = (fed) => ({
      slope: tf.grad((x) => weigh(op({ ...fed, x } as never)))(fed.x as tf.Tensor),
    });

    const expected = await slopesByDifference(op as never);
    const eager = await evaluate('tfjs', pure, inputs);
    const native = await evaluate('onnx', pure, inputs);

    // Central differences of float32 functions are good to about three digits.
    expect(largestDifference(eager, expected)).toBeLessThan(5e-3);
    expect(largestDifference(native, eager)).toBeLessThan(1e-5);
  });

  const twice: Record<string, Op> = {
    square: tf.square,
    tanh: tf.tanh,
    elu: (x) => tf.elu(tf.sub(tf.square(x), 0.97)),
    exp: tf.exp,
    sqrt: tf.sqrt,
    sigmoid: tf.sigmoid,
    reciprocal: tf.reciprocal,
    softplus: tf.softplus,
    pow: (x) => tf.pow(x, 2.5),
    softmax: (x) => tf.square(tf.softmax(x)),
    max: (x) => tf.square(tf.max(x, 1)),
    matMul: (x) => tf.matMul(x as tf.Tensor2D, tf.square(x) as tf.Tensor2D, true, false),
    'leaky relu by step': (x) => {
      const shifted = tf.sub(tf.square(x), 0.97);
      return tf.mul(shifted, tf.step(shifted, 0.2));
    },
    'comparison and where': (x) => tf.where(tf.greater(x, 0.97), tf.square(x), tf.mul(x, 3)),
  };
  it.each(Object.entries(twice))('should be differentiable again: %s', async (_name, op) => {
    const slope = (x: tf.Tensor) => tf.grad((z) => tf.sum(op(z)))(x);
    const pure: Pure = ({ x }) => ({ slope: tf.grad((z) => weigh(slope(z)))(x as tf.Tensor) });
    const inputs = { x: point, weights };

    const expected = await slopesByDifference(({ x }) => slope(x as tf.Tensor));
    const eager = await evaluate('tfjs', pure, inputs);
    const native = await evaluate('onnx', pure, inputs);

    expect(largestDifference(eager, expected)).toBeLessThan(5e-3);
    expect(largestDifference(native, eager)).toBeLessThan(1e-5);
  });

  it('should leave the process with the gradients that it had', async () => {
    const before = tf.getGradient('Square');

    await evaluate('onnx', ({ x }) => ({ y: tf.grad(tf.square)(x as tf.Tensor) }), { x: point });

    expect(tf.getGradient('Square')).toBe(before);
  });
});
