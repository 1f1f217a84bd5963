import {
  add,
  matMul,
  type Rank,
  reshape,
  stack,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  unstack,
  zeros,
} from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';

/** Sizes of a recurrent network: of its inputs, of its hidden state, and its layers, by default 1. */
export interface RecurrentSizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly layers?: number;
}

/** What a recurrent network gives. */
export interface Recurrence {
  /** The last layer's hidden state at each moment, [batch, time, hidden]. */
  readonly y: Tensor3D;
  /** What each layer carries on after the last moment, each [batch, hidden]. */
  readonly last: Carried[];
}

/** What a layer carries from moment to moment, its hidden state first; each [batch, hidden]. */
export type Carried = readonly Tensor2D[];

/**
 * One moment of a layer.
 *
 * @param given The inputs times their weights, [batch, gates · hidden].
 * @param known The hidden state times its weights, likewise.
 */
export type Cell = (given: Tensor2D, known: Tensor2D, carried: Carried) => Carried;

/**
 * Weights of layers of `gates` gates each, side by side in `NAME/LAYER/inputWeight` [inputs, gates ·
 * hidden] and `hiddenWeight` [hidden, gates · hidden], and biases `inputBias` and `hiddenBias`: as
 * PyTorch's, transposed. All are uniform in ±1/√hidden, as PyTorch's start.
 */
export function createRecurrent(
  name: string,
  gates: number,
  { inputs, hidden, layers = 1 }: RecurrentSizes,
  random: Random,
): HostTensors {
  const bound = 1 / Math.sqrt(hidden);
  const state: HostTensors = {};
  const create = (tensor: string, shape: readonly number[], size: number) => {
    const values = random.fork(tensor).fillUniform(new Float32Array(size));
    state[tensor] = hostTensor(
      shape,
      values.map((value) => (2 * value - 1) * bound),
    );
  };
  for (let layer = 0; layer < layers; layer++) {
    const width = gates * hidden;
    const rows = layer === 0 ? inputs : hidden;
    create(`${name}/${layer}/inputWeight`, [rows, width], rows * width);
    create(`${name}/${layer}/hiddenWeight`, [hidden, width], hidden * width);
    create(`${name}/${layer}/inputBias`, [width], width);
    create(`${name}/${layer}/hiddenBias`, [width], width);
  }
  return state;
}

/**
 * Unrolls layers of a cell over time: each takes the hidden states of the one below.
 *
 * @param x [batch, time, inputs]
 * @param start What each layer carries before the first moment; by default `carries` zeros.
 */
export function unroll(
  state: Tensors,
  name: string,
  cell: Cell,
  carries: number,
  x: Tensor3D,
  { hidden, layers = 1 }: RecurrentSizes,
  start?: readonly Carried[],
): Recurrence {
  const [batch, time] = x.shape;
  let y = x;
  const last: Carried[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const weight = (tensor: string) => state[`${name}/${layer}/${tensor}`] as Tensor2D;
    // The inputs of all moments are known: they take one product.
    const rows = reshape(y, [batch * time, y.shape[2]]) as Tensor2D;
    const given: Tensor = add(matMul(rows, weight('inputWeight')), weight('inputBias'));
    const moments = unstack(reshape(given, [batch, time, given.size / (batch * time)]), 1);
    let carried: Carried =
      start?.[layer] ?? Array.from({ length: carries }, () => zeros<Rank.R2>([batch, hidden]));
    const outputs = moments.map((moment) => {
      const known = matMul(carried[0] as Tensor2D, weight('hiddenWeight'));
      carried = cell(moment as Tensor2D, add(known, weight('hiddenBias')), carried);
      return carried[0] as Tensor2D;
    });
    last.push(carried);
    y = stack(outputs, 1) as Tensor3D;
  }
  return { y, last };
}
