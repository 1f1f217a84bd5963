import {
  add,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';

const epsilon = 1e-5;
/** Weight of the newest batch in the running statistics. */
const momentum = 0.1;

/** Batch normalisation (Ioffe and Szegedy 2015) of `size` features: scale, shift and running statistics. */
export function createBatchNorm(name: string, size: number): HostTensors {
  return {
    [`${name}/scale`]: hostTensor([size], new Float32Array(size).fill(1)),
    [`${name}/shift`]: hostTensor([size]),
    [`${name}/runningMean`]: hostTensor([size]),
    [`${name}/runningVariance`]: hostTensor([size], new Float32Array(size).fill(1)),
  };
}

/** Whether a tensor of the state is trained by gradients; running statistics are not. */
export function isTrained(name: string): boolean {
  return !/\/running(Mean|Variance)$/.test(name);
}

/** Normalises x [rows, features] by its own rows; `updates` are the new running statistics. */
export function batchNormTraining(
  state: Tensors,
  name: string,
  x: Tensor2D,
): { y: Tensor2D; updates: Tensors } {
  const rows = x.shape[0];
  const center = mean(x, 0, true);
  const centered = sub(x, center);
  const variance = mean(square(centered), 0, true);
  const follow = (running: string, now: Tensor, factor: number) => {
    const before = state[`${name}/${running}`] as Tensor;
    return add(mul(before, 1 - momentum), mul(reshape(now, before.shape), momentum * factor));
  };
  return {
    y: scaleAndShift(state, name, mul(centered, rsqrt(add(variance, epsilon)))),
    updates: {
      [`${name}/runningMean`]: follow('runningMean', center, 1),
      [`${name}/runningVariance`]: follow('runningVariance', variance, rows / (rows - 1)),
    },
  };
}

/** Normalises x by the running statistics: each row for itself. */
export function batchNormEvaluation(state: Tensors, name: string, x: Tensor2D): Tensor2D {
  const centered = sub<Tensor2D>(x, state[`${name}/runningMean`] as Tensor);
  const inverse = rsqrt(add(state[`${name}/runningVariance`] as Tensor, epsilon));
  return scaleAndShift(state, name, mul(centered, inverse));
}

function scaleAndShift(state: Tensors, name: string, x: Tensor2D): Tensor2D {
  return add(mul(x, state[`${name}/scale`] as Tensor), state[`${name}/shift`] as Tensor);
}
