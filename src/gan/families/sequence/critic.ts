import { relu, slice, type Tensor2D } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../../compute/tensor.js';
import { applyDense, createDense } from '../../../nn/layers/dense.js';
import type { Random } from '../../../random.js';
import { sequenceWidth, wholeWidth } from './inputs.js';
import type { SequenceRecipe } from './recipe.js';
import type { SequenceShape } from './shape.js';

/** A critic: its name in the state, the numbers that it sees, and its weight in the loss. */
export interface Critic {
  readonly name: string;
  readonly inputs: number;
  readonly weight: number;
}

/** The critic of whole sequences, and that of attributes and ranges, the first numbers, if there is one. */
export function criticsOf({ attributeWeight }: SequenceRecipe, shape: SequenceShape): Critic[] {
  const all = { name: 'critic/all', inputs: sequenceWidth(shape), weight: 1 };
  const whole = { name: 'critic/whole', inputs: wholeWidth(shape), weight: attributeWeight };
  return whole.inputs > 0 && whole.weight > 0 ? [all, whole] : [all];
}

/** Weights of all critics. */
export function createCritics(
  recipe: SequenceRecipe,
  shape: SequenceShape,
  random: Random,
): HostTensors {
  const state: HostTensors = {};
  for (const { name, inputs } of criticsOf(recipe, shape)) {
    const last = recipe.criticLayers.reduce((size, width, layer) => {
      Object.assign(state, createDense(`${name}/${layer}`, size, width, random));
      return width;
    }, inputs);
    Object.assign(state, createDense(`${name}/output`, last, 1, random));
  }
  return state;
}

/** What a critic sees of sequences: their first numbers. */
export function seenBy({ inputs }: Critic, sequences: Tensor2D): Tensor2D {
  return inputs === sequences.shape[1]
    ? sequences
    : slice(sequences, [0, 0], [sequences.shape[0], inputs]);
}

/** Scores sequences: [rows, inputs] → [rows, 1]. */
export function criticise(
  { criticLayers }: SequenceRecipe,
  { name }: Critic,
  state: Tensors,
  x: Tensor2D,
): Tensor2D {
  const inner = criticLayers.reduce(
    (y, _, layer) => relu<Tensor2D>(applyDense(state, `${name}/${layer}`, y)),
    x,
  );
  return applyDense(state, `${name}/output`, inner);
}
