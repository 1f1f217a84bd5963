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
  transpose,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';

/** Where the estimate of a singular vector is kept; no gradient changes it. */
const vectorOf = (name: string) => `${name}/runningVector`;

/** Creates the state of spectral normalisation for a weight with `outputs` outputs. */
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
 * Divides a weight by its largest singular value (spectral normalisation, Miyato et al. 2018), which
 * one power iteration a step estimates: that of the matrix [all else, outputs].
 *
 * @param axis The axis of the outputs; of a transposed convolution it is the last but one.
 */
export function normaliseSpectrally(
  state: Tensors,
  name: string,
  training: boolean,
  axis = (state[`${name}/weight`] as Tensor).rank - 1,
): { weight: Tensor; updates: Tensors } {
  const weight = state[`${name}/weight`] as Tensor;
  const outputs = weight.shape[axis] as number;
  const others = weight.shape.map((_, each) => each).filter((each) => each !== axis);
  const last = axis === weight.rank - 1 ? weight : transpose(weight, [...others, axis]);
  const matrix = reshape(last, [weight.size / outputs, outputs]) as Tensor2D;
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
    gradFunc: (gradient: Tensor) => zerosLike(gradient),
  }))(x) as Tensor2D;
}
