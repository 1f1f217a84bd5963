import { add, concat, div, relu, slice, type Tensor2D, tanh } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import { batchNormEvaluation, batchNormTraining, createBatchNorm } from '../layers/batch-norm.js';
import { createDense, createLinear, dense, linear } from '../layers/dense.js';
import { createSegments, softmaxSegments } from '../layers/segments.js';
import type { TabularRecipe } from './recipe.js';
import type { RowShape } from './shape.js';

/** Names of the layers' tensors start with these. */
export const hidden = (layer: number) => `generator/hidden${layer}`;
export const output = 'generator/output';

/** Name of the biases of the last layer. */
export const outputBias = `${output}/bias`;

/** Weights of the generator: dense, batch-normalised layers, each joined to its own input. */
export function createGenerator(
  recipe: TabularRecipe,
  shape: RowShape,
  random: Random,
): HostTensors {
  const state: HostTensors = {};
  let inputs = recipe.latent + shape.condition;
  recipe.generator.forEach((width, layer) => {
    // Without a bias: the normalisation would take it away again.
    Object.assign(state, createLinear(hidden(layer), inputs, width, random));
    Object.assign(state, createBatchNorm(hidden(layer), width));
    inputs += width;
  });
  return Object.assign(state, createDense(output, inputs, shape.width, random));
}

/**
 * Rows before their activation, from latent [rows, latent] and condition [rows, condition].
 * In training the batch normalises itself, and `updates` are the new running statistics.
 */
export function generateLogits(
  recipe: TabularRecipe,
  state: Tensors,
  input: Tensor2D,
  training: boolean,
): { logits: Tensor2D; updates: Tensors } {
  let x = input;
  const updates: Tensors = {};
  recipe.generator.forEach((_, layer) => {
    const raw = linear(state, hidden(layer), x);
    const normal = training
      ? batchNormTraining(state, hidden(layer), raw)
      : { y: batchNormEvaluation(state, hidden(layer), raw), updates: {} };
    Object.assign(updates, normal.updates);
    x = concat([relu(normal.y), x], 1);
  });
  return { logits: dense(state, output, x), updates };
}

/**
 * Logits → rows: tanh on the numbers, Gumbel-softmax on each one-hot span.
 *
 * @param gumbel Standard Gumbel noise, [rows, onehots].
 */
export function activateRow(
  recipe: TabularRecipe,
  shape: RowShape,
  logits: Tensor2D,
  gumbel: Tensor2D,
): Tensor2D {
  const [rows] = logits.shape;
  const parts: Tensor2D[] = [];
  if (shape.scalars > 0) parts.push(tanh(slice(logits, [0, 0], [rows, shape.scalars])));
  if (shape.onehots > 0) {
    const onehots = slice(logits, [0, shape.scalars], [rows, shape.onehots]);
    const noisy = div<Tensor2D>(add(onehots, gumbel), recipe.temperature);
    parts.push(softmaxSegments(createSegments(shape.spans), noisy));
  }
  return concat(parts, 1);
}

/** Joins columns, leaving out what has none. */
export function joinColumns(parts: readonly (Tensor2D | undefined)[]): Tensor2D {
  const present = parts.filter((part) => part !== undefined);
  return present.length === 1 ? (present[0] as Tensor2D) : concat(present, 1);
}
