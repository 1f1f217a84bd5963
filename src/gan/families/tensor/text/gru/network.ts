import {
  add,
  cast,
  concat,
  cumsum,
  div,
  equal,
  logSumExp,
  matMul,
  max,
  mul,
  reshape,
  type Scalar,
  slice,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  tile,
  zeros,
} from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../../../../compute/tensor.js';
import type { TextShape } from '../../../../../encode/text/text.js';
import { applyDense, createDense } from '../../../../../nn/layers/dense.js';
import { createGru, gru } from '../../../../../nn/layers/gru.js';
import type { RecurrentState } from '../../../../../nn/layers/recurrent.js';
import type { Random } from '../../../../../random.js';

/** What the network is told of texts, and its own size. */
export interface GruShape {
  /** Symbols, the end of a text the first of them. */
  readonly symbols: number;
  /** Symbols of a text. */
  readonly length: number;
  /** No text ends before. */
  readonly shortest: number;
  /** Classes of the labels; 0 for none. */
  readonly classes: number;
  readonly hidden: number;
}

export function gruShape(text: TextShape, classes: number, hidden: number): GruShape {
  const { alphabet, shortest, longest } = text;
  return { symbols: alphabet.length + 1, length: longest, shortest, classes, hidden };
}

/** Names of its parts. */
const [recurrent, output] = ['gru', 'output'] as const;

const sizesOf = ({ symbols, classes, hidden }: GruShape) => ({ inputs: symbols + classes, hidden });

/** Its weights before the first step. */
export function createNetwork(shape: GruShape, random: Random): HostTensors {
  return {
    ...createGru(recurrent, sizesOf(shape), random.fork(recurrent)),
    ...createDense(output, shape.hidden, shape.symbols, random.fork(output)),
  };
}

/**
 * The surprise of texts, in nats a symbol: the mean of −log of the share that each symbol had, ends
 * included.
 *
 * @param texts One-hot [rows, length, symbols].
 * @param label One-hot [rows, classes], if there are labels.
 */
export function surprise(
  shape: GruShape,
  weights: Tensors,
  texts: Tensor3D,
  label: Tensor2D | undefined,
): Scalar {
  const { symbols, length } = shape;
  const [rows] = texts.shape;
  const before = concat(
    [zeros([rows, 1, symbols]), slice(texts, [0, 0, 0], [rows, length - 1, symbols])],
    1,
  ) as Tensor3D;
  const { y } = gru(weights, recurrent, withLabel(before, label), sizesOf(shape));
  const logits = applyDense(weights, output, reshape(y, [rows * length, shape.hidden]) as Tensor2D);
  const chosen = sum(mul(logits, reshape(texts, [rows * length, symbols])), 1);
  const places = reshape(countedPlaces(texts), [rows * length]);
  const missed = mul(sub(logSumExp(logits, 1), chosen), places);
  return div(sum(missed), sum(places));
}

/** 1 for each symbol of a text and for its first end, 0 for what follows: [rows, length]. */
function countedPlaces(texts: Tensor3D): Tensor {
  const [rows, length] = texts.shape;
  const ends = reshape(slice(texts, [0, 0, 0], [rows, length, 1]), [rows, length]);
  return cast(equal(cumsum(ends, 1, true), 0), 'float32');
}

function withLabel(x: Tensor3D, label: Tensor2D | undefined): Tensor3D {
  if (!label) return x;
  const [rows, length] = x.shape;
  const classes = label.shape[1];
  const everywhere = tile(reshape(label, [rows, 1, classes]), [1, length, 1]);
  return concat([x, everywhere], 2) as Tensor3D;
}

/** Logits of the end where a text must not end yet. */
const never = -1e9;

/**
 * Draws texts symbol by symbol, by Gumbel's trick: the largest sum of a logit and noise.
 *
 * @param noise Standard Gumbel noise [rows, length · symbols].
 * @returns One-hot [rows, length, symbols].
 */
export function drawTexts(
  shape: GruShape,
  weights: Tensors,
  noise: Tensor2D,
  label: Tensor2D | undefined,
  temperature: number,
): Tensor {
  const { symbols, length, shortest, hidden } = shape;
  const rows = noise.shape[0];
  const noiseAt = (place: number) => slice(noise, [0, place * symbols], [rows, symbols]);
  // Zeros of as many rows as there is noise, whatever their number.
  let symbol = mul(noiseAt(0), 0) as Tensor2D;
  let carried: RecurrentState = [matMul(symbol, zeros([symbols, hidden])) as Tensor2D];
  const notYet = tensor1d(Array.from({ length: symbols }, (_, code) => (code === 0 ? never : 0)));
  const drawn: Tensor[] = [];
  for (let place = 0; place < length; place++) {
    const inputs = label ? (concat([symbol, label], 1) as Tensor2D) : symbol;
    const timestep = reshape(inputs, [rows, 1, inputs.shape[1]]) as Tensor3D;
    const { last } = gru(weights, recurrent, timestep, sizesOf(shape), [carried]);
    carried = last[0] as RecurrentState;
    const logits = div(applyDense(weights, output, carried[0] as Tensor2D), temperature);
    const allowed = place < shortest ? add(logits, notYet) : logits;
    const sums = add(allowed, noiseAt(place));
    symbol = cast(equal(sums, max(sums, 1, true)), 'float32') as Tensor2D;
    drawn.push(symbol);
  }
  return stack(drawn, 1);
}
