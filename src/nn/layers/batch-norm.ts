import { add, mul, reshape, rsqrt, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { Layer } from '../layer.js';
import { createScaleAndShift, epsilon, normalise, scaleAndShift } from './standardise.js';

/** Weight of the newest batch in the running statistics. */
const momentum = 0.1;

/** Batch normalisation (Ioffe and Szegedy 2015) of `size` features: scale, shift and running statistics. */
export function createBatchNorm(name: string, size: number): HostTensors {
  return {
    ...createScaleAndShift(name, size),
    [`${name}/runningMean`]: hostTensor([size]),
    [`${name}/runningVariance`]: hostTensor([size], new Float32Array(size).fill(1)),
  };
}

/** Whether a tensor of the state is trained by gradients; what is called running… is not. */
export function isTrained(name: string): boolean {
  return !/\/running(Mean|Variance|Vector)$/.test(name);
}

/**
 * Normalises x [..., features] by its own rows: those of a table, or the pixels of all images of a
 * batch. `updates` are the new running statistics.
 */
export function batchNormTraining<T extends Tensor>(
  state: Tensors,
  name: string,
  x: T,
): { y: T; updates: Tensors } {
  const features = x.shape.at(-1) as number;
  const rows = x.size / features;
  const { y, center, variance } = normalise(state, name, reshape(x, [rows, features]), [0]);
  const follow = (running: string, now: Tensor, factor: number) => {
    const before = state[`${name}/${running}`] as Tensor;
    return add(mul(before, 1 - momentum), mul(reshape(now, before.shape), momentum * factor));
  };
  return {
    y: reshape(y, x.shape) as T,
    updates: {
      [`${name}/runningMean`]: follow('runningMean', center, 1),
      [`${name}/runningVariance`]: follow('runningVariance', variance, rows / (rows - 1)),
    },
  };
}

/** Normalises x [..., features] by the running statistics: each row for itself. */
export function batchNormEvaluation<T extends Tensor>(state: Tensors, name: string, x: T): T {
  const centered = sub<T>(x, state[`${name}/runningMean`] as Tensor);
  const inverse = rsqrt(add(state[`${name}/runningVariance`] as Tensor, epsilon));
  return scaleAndShift(state, name, mul(centered, inverse));
}

/**
 * A layer of batch normalisation (Ioffe and Szegedy 2015): [rows, …, features] → the same, each
 * feature with mean 0 and variance 1 over the batch in training, by running statistics in inference.
 * Not for critics with a gradient penalty, where no row may depend on others.
 */
export const batchNorm: Layer = ({ shape }) => ({
  shape,
  create: (name) => createBatchNorm(name, shape.at(-1) as number),
  apply: (state, name, x, { training }) =>
    training ? batchNormTraining(state, name, x) : batchNormEvaluation(state, name, x),
});
