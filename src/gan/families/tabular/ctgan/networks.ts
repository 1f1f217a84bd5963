import {
  add,
  concat,
  div,
  relu,
  slice,
  type Tensor,
  type Tensor2D,
  tanh,
} from '@tensorflow/tfjs-core';
import {
  type HostTensor,
  type HostTensors,
  hostTensor,
  type Tensors,
} from '../../../../compute/tensor.js';
import {
  batchNormEvaluation,
  batchNormTraining,
  createBatchNorm,
} from '../../../../nn/layers/batch-norm.js';
import { createBias } from '../../../../nn/layers/dense.js';
import {
  createLinearOfParts,
  linearOfParts,
  type Part,
} from '../../../../nn/layers/linear-of-parts.js';
import { createSegments, softmaxSegments } from '../../../../nn/layers/segments.js';
import type { Random } from '../../../../random.js';
import { hidden, output, outputBias } from '../names.js';
import type { RowShape } from '../shape.js';
import type { GeneratorRecipe } from './recipe.js';

/** What the generator makes rows of. */
export interface GeneratorInput {
  /** [rows, latent] */
  readonly latent: Tensor2D;
  /** [rows, condition]; in training each row has exactly one 1, and else zeros. */
  readonly condition: Tensor2D | undefined;
}

/**
 * Weights of the generator: dense, batch-normalised layers, each joined to its own inputs. A layer
 * has a weight for each part of its inputs: earlier layers, the latent vector and the condition.
 */
export function createGenerator(
  recipe: GeneratorRecipe,
  shape: RowShape,
  random: Random,
): HostTensors {
  const state: HostTensors = {};
  let sizes: Record<string, number> = { latent: recipe.latent, condition: shape.condition };
  recipe.generator.forEach((width, layer) => {
    // Without a bias: the normalisation would take it away again.
    Object.assign(state, createLinearOfParts(hidden(layer), sizes, width, random));
    Object.assign(state, createBatchNorm(hidden(layer), width));
    sizes = { [partOf(layer)]: width, ...sizes };
  });
  const inputs = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  return {
    ...state,
    ...createLinearOfParts(output, sizes, shape.width, random),
    ...createBias(output, inputs, shape.width, random),
  };
}

const partOf = (layer: number) => `hidden${layer}`;

/**
 * Rows before their activation. In training the batch normalises itself, and `updates` are the new
 * running statistics.
 */
export function generateLogits(
  recipe: GeneratorRecipe,
  state: Tensors,
  { latent, condition }: GeneratorInput,
  training: boolean,
): { logits: Tensor2D; updates: Tensors } {
  let parts: Part[] = [{ name: 'latent', x: latent }];
  if (condition)
    parts = [{ name: 'condition', x: condition, ...(training && { onehotSpans: 1 }) }, ...parts];
  const updates: Tensors = {};
  recipe.generator.forEach((_, layer) => {
    const raw = linearOfParts(state, hidden(layer), parts);
    const normal = training
      ? batchNormTraining(state, hidden(layer), raw)
      : { y: batchNormEvaluation(state, hidden(layer), raw), updates: {} };
    Object.assign(updates, normal.updates);
    parts = [...parts, { name: partOf(layer), x: relu(normal.y) }];
  });
  const logits = add<Tensor2D>(linearOfParts(state, output, parts), state[outputBias] as Tensor);
  return { logits, updates };
}

/** The weights with one for all inputs of a layer, `LAYER/weight`: later layers first, condition last. */
export function joinWeights({ generator }: GeneratorRecipe, state: HostTensors): HostTensors {
  const joined = { ...state };
  [...generator.map((_, layer) => hidden(layer)), output].forEach((name, layer) => {
    const earlier = generator
      .slice(0, layer)
      .map((_, k) => partOf(k))
      .reverse();
    const weights = [...earlier, 'latent', 'condition'].flatMap((part) => {
      const key = `${name}/${part}/weight`;
      delete joined[key];
      return state[key] ?? [];
    });
    joined[`${name}/weight`] = stack(weights);
  });
  return joined;
}

/** Matrices of equal width, one below the other. */
function stack(matrices: readonly HostTensor[]): HostTensor {
  const columns = matrices[0]?.shape[1] as number;
  const rows = matrices.reduce((sum, { shape: [count = 0] }) => sum + count, 0);
  const stacked = hostTensor([rows, columns]);
  let offset = 0;
  for (const { values } of matrices) {
    stacked.values.set(values, offset);
    offset += values.length;
  }
  return stacked;
}

/**
 * Logits → rows: tanh on the numbers, Gumbel-softmax on each one-hot span.
 *
 * @param gumbel Standard Gumbel noise, [rows, onehots].
 */
export function activateRow(
  recipe: GeneratorRecipe,
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

/**
 * Logits → rows to be read: as {@link activateRow}, but without the softmax, which does not change
 * which number of a span is the largest.
 */
export function scoreRow(
  { scalars, onehots }: RowShape,
  logits: Tensor2D,
  gumbel: Tensor2D,
): Tensor2D {
  const [rows] = logits.shape;
  const parts: Tensor2D[] = [];
  if (scalars > 0) parts.push(tanh(slice(logits, [0, 0], [rows, scalars])));
  if (onehots > 0) parts.push(add(slice(logits, [0, scalars], [rows, onehots]), gumbel));
  return concat(parts, 1);
}
