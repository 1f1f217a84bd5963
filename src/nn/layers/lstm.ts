import {
  add,
  mul,
  sigmoid,
  split,
  type Tensor2D,
  type Tensor3D,
  tanh,
} from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import {
  createRecurrent,
  type Recurrence,
  type RecurrentCell,
  type RecurrentSizes,
  type RecurrentState,
  unroll,
} from './recurrent.js';

/** Weights of a long short-term memory; its gates lie in the order input, forget, cell, output. */
export function createLstm(name: string, sizes: RecurrentSizes, random: Random): HostTensors {
  return createRecurrent(name, 4, sizes, random);
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000)
 * over time, as PyTorch defines it. Each layer carries its hidden state h and its memory c.
 *
 *     i, f, o = σ(x·W + b + h·U + d), each with weights of its own; g likewise, with tanh
 *     c' = f ∘ c + i ∘ g                   h' = o ∘ tanh(c')
 *
 * @param x [batch, time, inputs]
 * @param start Hidden state and memory of each layer before the first moment; zeros by default.
 */
export function lstm(
  state: Tensors,
  name: string,
  x: Tensor3D,
  sizes: RecurrentSizes,
  start?: readonly RecurrentState[],
): Recurrence {
  return unroll(state, name, cell, 2, x, sizes, start);
}

const cell: RecurrentCell = (inputProjection, hiddenProjection, carried) => {
  const memory = carried[1] as Tensor2D;
  const width = memory.shape[1];
  const parts = split(
    add(inputProjection, hiddenProjection),
    [2 * width, width, width],
    1,
  ) as Tensor2D[];
  const [gates, candidate, last] = parts as [Tensor2D, Tensor2D, Tensor2D];
  const [input, forget] = split(sigmoid(gates), 2, 1) as [Tensor2D, Tensor2D];
  const next = add(mul(forget, memory), mul(input, tanh(candidate)));
  return [mul(sigmoid(last), tanh(next)), next] as RecurrentState;
};
