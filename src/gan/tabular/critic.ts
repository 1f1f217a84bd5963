import { mul, reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import { leakyRelu } from '../layers/activation.js';
import { createDense, dense } from '../layers/dense.js';
import type { TabularRecipe } from './recipe.js';
import type { RowShape } from './shape.js';

const hidden = (layer: number) => `critic/hidden${layer}`;
const output = 'critic/output';

/** Weights of the critic, which sees `pack` rows with their conditions at once. */
export function createCritic(recipe: TabularRecipe, shape: RowShape, random: Random): HostTensors {
  const state: HostTensors = {};
  let inputs = recipe.pack * (shape.width + shape.condition);
  recipe.critic.forEach((width, layer) => {
    Object.assign(state, createDense(hidden(layer), inputs, width, random));
    inputs = width;
  });
  return Object.assign(state, createDense(output, inputs, 1, random));
}

/** Joins each `pack` rows to one: [rows, width] → [rows / pack, pack · width]. */
export function packRows(recipe: TabularRecipe, x: Tensor2D): Tensor2D {
  const [rows, width] = x.shape;
  return reshape(x, [rows / recipe.pack, recipe.pack * width]);
}

/**
 * Packed rows → scores [rows, 1].
 *
 * @param masks What each hidden layer's units are multiplied by (inverted dropout, Srivastava et
 * al. 2014): one tensor [rows, width] a layer.
 */
export function criticise(
  recipe: TabularRecipe,
  state: Tensors,
  packed: Tensor2D,
  masks: readonly Tensor2D[],
): Tensor2D {
  let x = packed;
  recipe.critic.forEach((_, layer) => {
    x = mul(leakyRelu(dense(state, hidden(layer), x)), masks[layer] as Tensor2D);
  });
  return dense(state, output, x);
}
