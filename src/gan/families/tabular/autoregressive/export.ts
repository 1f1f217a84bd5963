import {
  add,
  cast,
  concat,
  equal,
  matMul,
  max,
  mul,
  relu,
  slice,
  sub,
  sum,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../../../compute/export.js';
import {
  type HostTensor,
  type HostTensors,
  hostTensor,
  type Tensors,
} from '../../../../compute/tensor.js';
import { generatorWeights } from '../generator-weights.js';
import type { RowShape } from '../shape.js';
import type { CodeSpan } from './code-order.js';
import { samplingInputs } from './inputs.js';
import { embedding, embeddingSizes, hidden, outputLogits } from './networks.js';
import type { AutoregressiveRecipe } from './recipe.js';
import { hasTargetNetwork, targetLogits } from './target-network.js';

/** A wanted code outweighs what the model would have: no logit and no noise comes near. */
const certain = 1e6;

const block = (place: number) => `${hidden}${place}/weight`;

/**
 * The generator as an ONNX file: column after column, each with the noise of its codes (the Gumbel-max
 * trick), by those before it and by what is wanted.
 *
 * @param metadata Key-value pairs that the file carries.
 */
export function exportGenerator(
  recipe: AutoregressiveRecipe,
  shape: RowShape,
  spans: readonly CodeSpan[],
  state: HostTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return exportOnnx({
    step: (weights, inputs) => ({
      state: {},
      outputs: { rows: drawRows(recipe, spans, weights, inputs) },
    }),
    state: inferenceWeights(recipe, spans, generatorWeights(state)),
    inputs: (rows) => samplingInputs(shape, rows),
    name: 'generator',
    metadata,
  });
}

/** The weights, and of the hidden layer a block for each column: what it takes from those before it. */
function inferenceWeights(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  state: HostTensors,
): HostTensors {
  const sizes = embeddingSizes(recipe, spans);
  const { values, shape } = state[`${hidden}/weight`] as HostTensor;
  const [, width = 0] = shape;
  const blocks: HostTensors = {};
  let inputs = 0;
  spans.forEach((_, place) => {
    const own = new Float32Array(inputs * recipe.hidden);
    for (let row = 0; row < inputs; row++) {
      const start = row * width + place * recipe.hidden;
      own.set(values.subarray(start, start + recipe.hidden), row * recipe.hidden);
    }
    if (inputs > 0) blocks[block(place)] = hostTensor([inputs, recipe.hidden], own);
    inputs += sizes[place] as number;
  });
  return { ...state, ...blocks };
}

function drawRows(
  recipe: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  weights: Tensors,
  inputs: Tensors,
): Tensor2D {
  const wanted = inputs.wanted as Tensor2D;
  const [rows] = wanted.shape;
  const part = (x: Tensor2D, { offset, size }: CodeSpan): Tensor2D =>
    slice(x, [0, offset], [rows, size]);
  const wantedCodes = spans.map((span) => part(wanted, span));
  const embed = (codes: Tensor2D, place: number): Tensor2D =>
    matMul(codes, weights[embedding(place)] as Tensor2D);
  // A column sees all that are known, wherever they stand, and what was drawn before it.
  const wantedEmbedded = concat(wantedCodes.map(embed), 1) as Tensor2D;
  const start = add<Tensor2D>(
    matMul(wantedEmbedded, weights[`${hidden}/weight`] as Tensor2D),
    weights[`${hidden}/bias`] as Tensor2D,
  );
  const drawn: Tensor2D[] = [];
  const embedded: Tensor2D[] = [];
  const seen: Tensor2D[] = [];
  spans.forEach((span, place) => {
    const known: Tensor2D = slice(start, [0, place * recipe.hidden], [rows, recipe.hidden]);
    const units =
      place === 0
        ? known
        : add<Tensor2D>(
            known,
            matMul(concat(seen, 1) as Tensor2D, weights[block(place)] as Tensor2D),
          );
    const own = outputLogits(weights, place, relu(units));
    const logits = hasTargetNetwork(weights, place)
      ? add<Tensor2D>(own, targetLogits(weights, place, concat(embedded, 1) as Tensor2D))
      : own;
    const scores = add<Tensor2D>(
      mul(logits, 1 / recipe.temperature),
      part(inputs.gumbel as Tensor2D, span),
    );
    const sought = wantedCodes[place] as Tensor2D;
    const decided = add<Tensor2D>(scores, mul(sought, certain));
    const codes = cast(equal(decided, max(decided, 1, true)), 'float32') as Tensor2D;
    drawn.push(codes);
    const isFree = sub(1, sum(sought, 1, true)) as Tensor2D;
    const vectors = embed(codes, place);
    embedded.push(vectors);
    seen.push(mul(vectors, isFree));
  });
  const inLayout = spans
    .map(({ offset }, place) => ({ offset, codes: drawn[place] as Tensor2D }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ codes }) => codes);
  const { place } = inputs;
  return concat([...(place ? [place as Tensor2D] : []), ...inLayout], 1);
}
