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
  /** The last layer's hidden state at each timestep, [batch, time, hidden]. */
  readonly y: Tensor3D;
  /** What each layer carries on after the last timestep, each [batch, hidden]. */
  readonly last: RecurrentState[];
}

/** What a layer carries from timestep to timestep, its hidden state first; each [batch, hidden]. */
export type RecurrentState = readonly Tensor2D[];

/**
 * One timestep of a layer.
 *
 * @param inputProjection The inputs times their weights, [batch, gates · hidden].
 * @param hiddenProjection The hidden state times its weights, likewise.
 */
export type RecurrentCell = (
  inputProjection: Tensor2D,
  hiddenProjection: Tensor2D,
  carried: RecurrentState,
) => RecurrentState;

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
 * @param start What each layer carries before the first timestep; by default `carries` zeros.
 */
export function unroll(
  state: Tensors,
  name: string,
  cell: RecurrentCell,
  carries: number,
  x: Tensor3D,
  { hidden, layers = 1 }: RecurrentSizes,
  start?: readonly RecurrentState[],
): Recurrence {
  const [batch, time] = x.shape;
  let y = x;
  const last: RecurrentState[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const weight = (tensor: string) => state[`${name}/${layer}/${tensor}`] as Tensor2D;
    // The inputs of all timesteps are known: they take one product.
    const rows = reshape(y, [batch * time, y.shape[2]]) as Tensor2D;
    const inputProjection: Tensor = add(matMul(rows, weight('inputWeight')), weight('inputBias'));
    const timesteps = unstack(
      reshape(inputProjection, [batch, time, inputProjection.size / (batch * time)]),
      1,
    );
    let carried: RecurrentState =
      start?.[layer] ?? Array.from({ length: carries }, () => zeros<Rank.R2>([batch, hidden]));
    const outputs = timesteps.map((timestep) => {
      const hiddenProjection = matMul(carried[0] as Tensor2D, weight('hiddenWeight'));
      carried = cell(timestep as Tensor2D, add(hiddenProjection, weight('hiddenBias')), carried);
      return carried[0] as Tensor2D;
    });
    last.push(carried);
    y = stack(outputs, 1) as Tensor3D;
  }
  return { y, last };
}
