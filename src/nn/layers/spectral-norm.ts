import {
  customGrad,
  div,
  matMul,
  mul,
  reshape,
  rsqrt,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';

/** Where the estimate of a singular vector is kept; no gradient changes it. */
const vectorOf = (name: string) => `${name}/runningVector`;

/** The state of spectral normalisation for a weight with `outputs` outputs. */
export function createSpectralNorm(name: string, outputs: number, random: Random): HostTensors {
  const values = random.fork(name, 'vector').fillNormal(new Float32Array(outputs));
  const length = Math.hypot(...values);
  return {
    [vectorOf(name)]: hostTensor(
      [1, outputs],
      values.map((value) => value / length),
    ),
  };
}

/**
 * Spectral normalisation (Miyato et al. 2018): a weight [..., outputs] over its largest singular
 * value, which one power iteration a step estimates.
 */
export function normaliseSpectrally(
  state: Tensors,
  name: string,
  training: boolean,
): { weight: Tensor; updates: Tensors } {
  const weight = state[`${name}/weight`] as Tensor;
  const outputs = weight.shape.at(-1) as number;
  const matrix = reshape(weight, [weight.size / outputs, outputs]);
  const kept = state[vectorOf(name)] as Tensor2D;
  const left = unit(matMul(kept, matrix, false, true));
  const right = training ? unit(matMul(left, matrix)) : kept;
  // Gradients go through the weight alone, not through the vectors.
  const value = sum(mul(matMul(fixed(left), matrix), fixed(right)));
  return { weight: div(weight, value), updates: training ? { [vectorOf(name)]: right } : {} };
}

function unit(x: Tensor2D): Tensor2D {
  return mul(x, rsqrt(sum(square(x))));
}

/** x itself, through which no gradient goes. */
function fixed(x: Tensor2D): Tensor2D {
  return customGrad((y) => ({
    value: mul(y as Tensor2D, 1),
    gradFunc: (slope: Tensor) => zerosLike(slope),
  }))(x) as Tensor2D;
}
