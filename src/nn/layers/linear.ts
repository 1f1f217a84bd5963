import { add, matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';

/**
 * Weight of a linear layer: `NAME/weight` [inputs, outputs], uniform in ±1/√inputs, as PyTorch's
 * `Linear` starts (Kaiming-uniform, He et al. 2015, with a = √5).
 */
export function createLinear(
  name: string,
  inputs: number,
  outputs: number,
  random: Random,
): HostTensors {
  const weight = drawUniform(random.fork(name, 'weight'), inputs * outputs, inputs);
  return { [`${name}/weight`]: hostTensor([inputs, outputs], weight) };
}

/** Weights of a dense layer: a linear layer's, and `NAME/bias` [outputs]. */
export function createDense(
  name: string,
  inputs: number,
  outputs: number,
  random: Random,
): HostTensors {
  return {
    ...createLinear(name, inputs, outputs, random),
    ...createBias(name, inputs, outputs, random),
  };
}

/** The bias of a dense layer. */
export function createBias(
  name: string,
  inputs: number,
  outputs: number,
  random: Random,
): HostTensors {
  const bias = drawUniform(random.fork(name, 'bias'), outputs, inputs);
  return { [`${name}/bias`]: hostTensor([outputs], bias) };
}

function drawUniform(random: Random, size: number, inputs: number): Float32Array {
  const bound = 1 / Math.sqrt(inputs);
  return random.fillUniform(new Float32Array(size)).map((value) => (2 * value - 1) * bound);
}

/** x [rows, inputs] → [rows, outputs], without a bias. */
export function linear(state: Tensors, name: string, x: Tensor2D): Tensor2D {
  return matMul(x, state[`${name}/weight`] as Tensor2D);
}

/** x [rows, inputs] → [rows, outputs]. */
export function dense(state: Tensors, name: string, x: Tensor2D): Tensor2D {
  return add(linear(state, name, x), state[`${name}/bias`] as Tensor2D);
}
