import {
  add,
  concat,
  matMul,
  mul,
  relu,
  slice,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../../../compute/tensor.js';
import type { EncodedTable } from '../../../../encode/table.js';
import { createDense, createLinear } from '../../../../nn/layers/dense.js';
import type { Random } from '../../../../random.js';
import type { CodeSpan } from './code-order.js';
import type { AutoregressiveRecipe } from './recipe.js';
import { createTargetNetwork, hasTargetNetwork, targetLogits } from './target-network.js';

/** Names of the layers: what a code is embedded in, what columns see of others, logits of codes. */
export const embedding = (place: number) => `generator/embedding${place}/weight`;
export const hidden = 'generator/hidden';
export const output = (place: number) => `generator/output${place}`;

/** Numbers that the codes of each column are embedded in. */
export function embeddingSizes(
  { embedding }: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
): number[] {
  return spans.map(({ size }) => Math.min(size, embedding));
}

/**
 * Weights of a model: for each column an embedding, and a block of hidden units with logits of its
 * codes, which start at how often each code is.
 */
export function createNetworks(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  table: EncodedTable,
  random: Random,
): HostTensors {
  const sizes = embeddingSizes(recipe, spans);
  const starts = startsOf(sizes);
  const inputs = sizes.reduce((sum, size) => sum + size, 0);
  const state: HostTensors = {
    ...createDense(hidden, inputs, spans.length * recipe.hidden, random),
    ...createTargetNetwork(recipe, spans, starts, random),
  };
  spans.forEach(({ size, index, isOrdered }, place) => {
    const own = sizes[place] as number;
    state[embedding(place)] = hostTensor(
      [size, own],
      isOrdered ? waves(size, own) : normals(size * own, random.fork(embedding(place))),
    );
    Object.assign(state, createLinear(output(place), recipe.hidden, size, random));
    const logits = logFrequencies(table.values[index] as Int32Array, size);
    state[`${output(place)}/bias`] = hostTensor([size], logits);
  });
  return state;
}

/**
 * What ordered codes are embedded in at first, [size, count] row-major: cosines of ever shorter waves, so
 * that what is learned of a number goes for those beside it.
 */
function waves(size: number, count: number): Float32Array {
  return Float32Array.from({ length: size * count }, (_, k) => {
    const [code, wave] = [Math.floor(k / count), k % count];
    return Math.SQRT2 * Math.cos((Math.PI * (wave + 1) * (code + 0.5)) / size);
  });
}

function normals(length: number, random: Random): Float32Array {
  const values = new Float32Array(length);
  random.fillNormal(values);
  return values;
}

/** Logarithms of how often each code is; a code that is never counts as half a row. */
function logFrequencies(codes: Int32Array, size: number): Float32Array {
  const counts = new Float32Array(size).fill(0.5);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return counts.map((count) => Math.log(count / (codes.length + size / 2)));
}

/** Embedded numbers before each column. */
function startsOf(sizes: readonly number[]): number[] {
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return start - size;
  });
}

/** What the columns see of each other, in training. */
export interface Visible {
  /** [embedded numbers, columns], 1 where the number is one of a column that the other one sees. */
  readonly weights: Tensor2D;
  /** [rows, hidden units of all columns], what hidden units are multiplied by. */
  readonly dropout: Tensor2D | undefined;
  /** [rows, hidden units of the target's layers besides], what these are multiplied by. */
  readonly targetDropout: Tensor2D | undefined;
}

/** Codes of rows, one-hot [rows, codes] → logits of all columns at once, each by what it sees. */
export function logitsOf(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  state: Tensors,
  codes: Tensor2D,
  { weights, dropout, targetDropout }: Visible,
): Tensor2D {
  const [rows] = codes.shape;
  const embedded = concat(
    spans.map(({ start, size }, place) =>
      matMul(slice(codes, [0, start], [rows, size]), state[embedding(place)] as Tensor2D),
    ),
    1,
  ) as Tensor2D;
  const seen = mul<Tensor2D>(state[`${hidden}/weight`] as Tensor, weights);
  const units = relu<Tensor2D>(add(matMul(embedded, seen), state[`${hidden}/bias`] as Tensor));
  const kept = dropout ? mul<Tensor2D>(units, dropout) : units;
  const starts = startsOf(embeddingSizes(recipe, spans));
  const targets = spans.filter(({ isTarget }) => isTarget).length;
  return concat(
    spans.map((_, place) => {
      const own: Tensor2D = slice(kept, [0, place * recipe.hidden], [rows, recipe.hidden]);
      const logits = outputLogits(state, place, own);
      if (!hasTargetNetwork(state, place)) return logits;
      const width = 2 * recipe.targetHidden;
      const at = (place - spans.length + targets) * width;
      const before: Tensor2D = slice(embedded, [0, 0], [rows, starts[place] as number]);
      const mask: Tensor2D | undefined =
        targetDropout && slice(targetDropout, [0, at], [rows, width]);
      return add<Tensor2D>(logits, targetLogits(state, place, before, mask));
    }),
    1,
  );
}

/** Hidden units of a column [rows, hidden] → logits of its codes. */
export function outputLogits(state: Tensors, place: number, units: Tensor2D): Tensor2D {
  const product = matMul(units, state[`${output(place)}/weight`] as Tensor2D);
  return add(product, state[`${output(place)}/bias`] as Tensor);
}
