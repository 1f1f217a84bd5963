import {
  add,
  mul,
  sigmoid,
  split,
  sub,
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

/** Weights of a gated recurrent network; its gates lie in the order reset, update, new. */
export function createGru(name: string, sizes: RecurrentSizes, random: Random): HostTensors {
  return createRecurrent(name, 3, sizes, random);
}

/**
 * Gated recurrent units (Cho et al. 2014) over time, as PyTorch defines them: the reset gate works
 * on the hidden state's product, after its bias.
 *
 *     r = σ(x·Wr + br + h·Ur + cr)        n = tanh(x·Wn + bn + r ∘ (h·Un + cn))
 *     z = σ(x·Wz + bz + h·Uz + cz)        h' = (1 − z) ∘ n + z ∘ h
 *
 * @param x [batch, time, inputs]
 * @param start The hidden state of each layer before the first moment; zeros by default.
 */
export function gru(
  state: Tensors,
  name: string,
  x: Tensor3D,
  sizes: RecurrentSizes,
  start?: readonly RecurrentState[],
): Recurrence {
  return unroll(state, name, cell, 1, x, sizes, start);
}

const cell: RecurrentCell = (inputProjection, hiddenProjection, [hidden]) => {
  const before = hidden as Tensor2D;
  const width = before.shape[1];
  const [inputGates, inputNew] = split(inputProjection, [2 * width, width], 1) as [
    Tensor2D,
    Tensor2D,
  ];
  const [hiddenGates, hiddenNew] = split(hiddenProjection, [2 * width, width], 1) as [
    Tensor2D,
    Tensor2D,
  ];
  const [reset, update] = split(sigmoid(add(inputGates, hiddenGates)), 2, 1) as Tensor2D[];
  const fresh = tanh(add(inputNew, mul(reset as Tensor2D, hiddenNew)));
  return [add(fresh, mul(update as Tensor2D, sub(before, fresh)))];
};
