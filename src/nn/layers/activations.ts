import { mul, relu as reluOf, reshape, type Tensor, tanh as tanhOf } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../compute/tensor.js';
import type { Layer } from '../layer.js';
import { batchNormEvaluation, batchNormTraining, createBatchNorm } from './batch-norm.js';
import { createInstanceNorm, layerNorm as layerNormOf } from './instance-norm.js';
import { leakyRelu as leakyReluOf } from './leaky-relu.js';

const each =
  (change: (x: Tensor) => Tensor): Layer =>
  ({ shape }) => ({ shape, apply: (_state, _name, x) => change(x) });

/** max(x, 0). */
export const relu: Layer = each((x) => reluOf(x));

/** tanh(x): the last layer of a generator, whose numbers are in [−1, 1]. */
export const tanh: Layer = each((x) => tanhOf(x));

/** max(x, slope·x). */
export const leakyRelu = (slope = 0.2): Layer => each((x) => leakyReluOf(x, slope));

/**
 * Batch normalisation (Ioffe and Szegedy 2015) of each feature. Not for critics with a gradient
 * penalty, where no row may depend on others.
 */
export const batchNorm: Layer = ({ shape }) => ({
  shape,
  create: (name) => createBatchNorm(name, shape.at(-1) as number),
  apply: (state, name, x, { training }) =>
    training ? batchNormTraining(state, name, x) : batchNormEvaluation(state, name, x),
});

/** Layer normalisation (Ba et al. 2016): each row by itself. */
export const layerNorm: Layer = ({ shape }) => ({
  shape,
  create: (name) => createInstanceNorm(name, shape.at(-1) as number),
  apply: (state, name, x) => layerNormOf(state, name, x),
});

/** Drops a share of the units in training (Srivastava et al. 2014). */
export const dropout =
  (rate: number): Layer =>
  ({ shape }) => ({
    shape,
    mask: { rate, shape },
    apply: (_state, _name, x, { mask }) => (mask ? mul(x, mask) : x),
  });

/** All numbers of a row side by side. */
export const flatten: Layer = ({ shape }) => ({
  shape: [sizeOf(shape)],
  apply: (_state, _name, x) => reshape(x, [x.shape[0] as number, sizeOf(shape)]),
});
