import {
  add,
  clipByValue,
  concat,
  exp,
  mul,
  relu,
  slice,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tanh,
} from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../../../compute/tensor.js';
import { applyDense, createDense } from '../../../../nn/layers/dense.js';
import type { Random } from '../../../../random.js';
import { hidden, output } from '../names.js';
import type { RowShape } from '../shape.js';
import type { VariationalRecipe } from './recipe.js';

const encoder = (layer: number) => `encoder/hidden${layer}`;
const posterior = 'encoder/posterior';

/** Logarithms of the standard deviations of the numbers of a row, [scalars]. */
const deviation = 'generator/deviation';

/** Weights of the encoder, and of the decoder as `generator/…`. */
export function createNetworks(
  recipe: VariationalRecipe,
  shape: RowShape,
  random: Random,
): HostTensors {
  const state: HostTensors = {};
  const stack = (inputs: number, widths: readonly number[], name: (layer: number) => string) =>
    widths.reduce((size, width, layer) => {
      Object.assign(state, createDense(name(layer), size, width, random));
      return width;
    }, inputs);
  const inner = stack(shape.width, recipe.encoder, encoder);
  Object.assign(state, createDense(posterior, inner, 2 * recipe.latent, random));
  const outer = stack(recipe.latent, recipe.decoder, hidden);
  Object.assign(state, createDense(output, outer, shape.width, random));
  if (shape.scalars > 0) {
    const start = new Float32Array(shape.scalars).fill(Math.log(0.1));
    state[deviation] = hostTensor([shape.scalars], start);
  }
  return state;
}

/** Rows → the mean, and the logarithm of the variance, of each one's latent vector: [rows, latent]. */
export function encode(recipe: VariationalRecipe, state: Tensors, rows: Tensor2D) {
  const inner = recipe.encoder.reduce(
    (x, _, layer) => relu<Tensor2D>(applyDense(state, encoder(layer), x)),
    rows,
  );
  const both = applyDense(state, posterior, inner);
  const half = (start: number): Tensor2D => slice(both, [0, start], [rows.shape[0], recipe.latent]);
  return { mean: half(0), logVariance: half(recipe.latent) };
}

/** Latent vectors [rows, latent] → rows before their activation. */
export function decodeLogits(
  recipe: VariationalRecipe,
  state: Tensors,
  latent: Tensor2D,
): Tensor2D {
  const inner = recipe.decoder.reduce(
    (x, _, layer) => relu<Tensor2D>(applyDense(state, hidden(layer), x)),
    latent,
  );
  return applyDense(state, output, inner);
}

/** Logarithms of the standard deviations, within the recipe's bounds: [scalars]. */
export function logDeviations({ deviation: [lowest, highest] }: VariationalRecipe, state: Tensors) {
  const own = state[deviation] as Tensor1D | undefined;
  return own && clipByValue(own, Math.log(lowest), Math.log(highest));
}

/**
 * Rows that are drawn as the decoder has it, before the noise of their categories: numbers with
 * normal noise, and the logits of the one-hot spans.
 *
 * @param spread Standard normal noise, [rows, scalars].
 */
export function drawRows(
  recipe: VariationalRecipe,
  { scalars, onehots }: RowShape,
  state: Tensors,
  latent: Tensor2D,
  spread: Tensor | undefined,
): Tensor2D {
  const logits = decodeLogits(recipe, state, latent);
  const [rows] = logits.shape;
  const parts: Tensor2D[] = [];
  const deviations = logDeviations(recipe, state);
  if (deviations && spread) {
    const center = tanh(slice(logits, [0, 0], [rows, scalars]));
    parts.push(add(center, mul(exp(deviations), spread)));
  }
  if (onehots > 0) parts.push(slice(logits, [0, scalars], [rows, onehots]));
  return concat(parts, 1);
}
