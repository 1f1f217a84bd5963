import {
  add,
  concat,
  customGrad,
  div,
  exp,
  matMul,
  mul,
  neg,
  type Rank,
  reshape,
  slice,
  softplus,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tanh,
  tensor2d,
  tile,
} from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../../compute/tensor.js';
import type { TableLayout } from '../../../encode/table.js';
import { relu } from '../../../nn/layers/activations.js';
import { batchNorm } from '../../../nn/layers/batch-norm.js';
import { applyDense, createDense, dense } from '../../../nn/layers/dense.js';
import { createLstm, lstm } from '../../../nn/layers/lstm.js';
import { createSegments, softmaxSegments } from '../../../nn/layers/segments.js';
import type { Network } from '../../../nn/network.js';
import { scope, unscope } from '../../../nn/scope.js';
import { sequential } from '../../../nn/sequential.js';
import type { Random } from '../../../random.js';
import { wholeWidth } from './inputs.js';
import type { SequenceRecipe } from './recipe.js';
import { codeWidths, hasEnds, type SequenceShape, scalarsOf } from './shape.js';

const attributeNet = 'generator/attributes/';
const rangeNet = 'generator/ranges/';
const recurrentNet = 'generator/recurrent';
const output = 'generator/output';

/** Sequences as the generator makes them, in numbers. */
export interface MadeSequences {
  /** [rows, attributes], undefined without attributes. */
  readonly attributes?: Tensor2D | undefined;
  /** The middle of each series of numbers, then half of its width: [rows, 2 · ranged]. */
  readonly ranges?: Tensor2D | undefined;
  /** [rows, longest · width], zeros behind the end. */
  readonly steps: Tensor2D;
  /** 1 for steps that there are, falling to 0 behind the end: [rows, longest]. */
  readonly going?: Tensor2D | undefined;
  /** New running statistics. */
  readonly updates: Tensors;
}

/** Weights of the generator: of attributes, of ranges, of the recurrent network and its last layer. */
export function createGenerator(
  recipe: SequenceRecipe,
  shape: SequenceShape,
  random: Random,
): HostTensors {
  const { attributes, ranged } = shape;
  const { recurrent: hidden, stepLatent } = recipe;
  const own = (network: Network, prefix: string) =>
    unscope(network.create(random.fork(prefix)), prefix);
  const sizes = { inputs: wholeWidth(shape) + stepLatent, hidden };
  return {
    ...(attributes.width > 0 ? own(attributeNetwork(recipe, shape), attributeNet) : {}),
    ...(ranged > 0 ? own(rangeNetwork(recipe, shape), rangeNet) : {}),
    ...createLstm(recurrentNet, sizes, random.fork('recurrent')),
    ...createDense(output, hidden, shape.stepsAtOnce * stepWidth(shape), random.fork('output')),
  };
}

/**
 * Makes sequences of noise: attributes first, then the ranges of their series, then the series, whose
 * recurrent network sees both at each roll-out and makes some steps at once. No gradient goes back from
 * series to attributes but through the critics.
 *
 * @param noise By the names of `noiseInputs`; with `given` [rows, attributes] where `isGiven` is 1.
 */
export function generateSequences(
  recipe: SequenceRecipe,
  shape: SequenceShape,
  state: Tensors,
  noise: Tensors,
  training: boolean,
): MadeSequences {
  const updates: Tensors = {};
  const run = (network: Network, prefix: string, x: Tensor2D): Tensor2D => {
    const made = network.apply(scope(state, prefix), x, { training });
    Object.assign(updates, unscope(made.updates ?? {}, prefix));
    return made.y as Tensor2D;
  };
  const { attributes: layout, ranged } = shape;
  let attributes: Tensor2D | undefined;
  let known: Tensor2D | undefined;
  if (layout.width > 0) {
    const logits = run(attributeNetwork(recipe, shape), attributeNet, noise.latent as Tensor2D);
    attributes = activate(layout, logits, noise.gumbel, recipe.temperature);
    known = withGiven(withoutGradient(attributes), noise);
  }
  let ranges: Tensor2D | undefined;
  if (ranged > 0) {
    const latent = noise.rangeLatent as Tensor2D;
    const x = known ? concat<Tensor2D>([known, latent], 1) : latent;
    ranges = tanh(run(rangeNetwork(recipe, shape), rangeNet, x));
    const detached = withoutGradient(ranges);
    known = known ? concat<Tensor2D>([known, detached], 1) : detached;
  }
  return { attributes, ranges, updates, ...rollOut(recipe, shape, state, noise, known) };
}

/** All that there is of sequences, side by side, as critics see it: [rows, width]. */
export function joinSequences({ attributes, ranges, steps, going }: MadeSequences): Tensor2D {
  return concat(
    [attributes, ranges, steps, going].filter((part) => part !== undefined),
    1,
  );
}

function rollOut(
  { recurrent: hidden, stepLatent, temperature }: SequenceRecipe,
  shape: SequenceShape,
  state: Tensors,
  noise: Tensors,
  known: Tensor2D | undefined,
): Pick<MadeSequences, 'steps' | 'going'> {
  const { rollOuts, longest, steps: layout } = shape;
  const latent = noise.stepLatent as Tensor2D;
  const rows = latent.shape[0];
  const fresh = reshape(latent, [rows, rollOuts, stepLatent]) as Tensor3D;
  const inputs = stepLatent + (known?.shape[1] ?? 0);
  const repeated =
    known && (tile(reshape(known, [rows, 1, known.shape[1]]), [1, rollOuts, 1]) as Tensor3D);
  const x = repeated ? (concat([repeated, fresh], 2) as Tensor3D) : fresh;
  const start = [[tanh(noise.hidden as Tensor2D), noise.memory as Tensor2D]] as const;
  const { y } = lstm(state, recurrentNet, x, { inputs, hidden }, start);
  const width = stepWidth(shape);
  const flat = applyDense(state, output, reshape(y, [rows * rollOuts, hidden]) as Tensor2D);
  const all = reshape(flat, [rows, rollOuts * shape.stepsAtOnce * width]);
  const kept = reshape(slice(all, [0, 0], [rows, longest * width]), [rows * longest, width]);
  const own = slice(kept, [0, 0], [rows * longest, layout.width]) as Tensor2D;
  const gumbel = noise.stepGumbel;
  const codes = layout.width - scalarsOf(layout);
  const made = activate(
    layout,
    own,
    gumbel && reshape(gumbel, [rows * longest, codes]),
    temperature,
  );
  if (!hasEnds(shape)) return { steps: reshape<Rank.R2>(made, [rows, longest * layout.width]) };
  const logits = reshape(slice(kept, [0, layout.width], [rows * longest, 1]), [rows, longest]);
  const going = goingOn(logits as Tensor2D, shape);
  const masked = mul(made, reshape(going, [rows * longest, 1]));
  return { going, steps: reshape<Rank.R2>(masked, [rows, longest * layout.width]) };
}

/** The product of the chances to go on of all steps so far; the shortest length is certain. */
function goingOn(logits: Tensor2D, { shortest, longest }: SequenceShape): Tensor2D {
  const matrix = new Float32Array(longest * longest);
  for (let step = shortest; step < longest; step++) {
    for (let later = step; later < longest; later++) matrix[step * longest + later] = 1;
  }
  const chances: Tensor2D = neg(softplus(neg(logits)));
  return exp<Tensor2D>(matMul(chances, tensor2d(matrix, [longest, longest])));
}

function attributeNetwork({ latent, attributeLayers }: SequenceRecipe, shape: SequenceShape) {
  return hiddenLayers(latent, attributeLayers, shape.attributes.width);
}

function rangeNetwork({ latent, attributeLayers }: SequenceRecipe, shape: SequenceShape) {
  return hiddenLayers(latent + shape.attributes.width, attributeLayers, 2 * shape.ranged);
}

function hiddenLayers(inputs: number, widths: readonly number[], outputs: number): Network {
  const layers = widths.flatMap((width) => [dense(width, { bias: false }), batchNorm, relu]);
  return sequential({ shape: [inputs], classes: 0 }, [...layers, dense(outputs)]);
}

/** Numbers that the last layer makes of one step. */
function stepWidth(shape: SequenceShape): number {
  return shape.steps.width + (hasEnds(shape) ? 1 : 0);
}

/** tanh of the numbers of a row, and the Gumbel softmax of its codes: [rows, width] → the same. */
function activate(
  layout: TableLayout,
  logits: Tensor2D,
  gumbel: Tensor | undefined,
  temperature: number,
): Tensor2D {
  const [rows] = logits.shape;
  const scalars = scalarsOf(layout);
  const parts: Tensor2D[] = [];
  if (scalars > 0) parts.push(tanh(slice(logits, [0, 0], [rows, scalars])));
  if (gumbel) {
    const codes: Tensor2D = slice(logits, [0, scalars], [rows, layout.width - scalars]);
    const noisy = div<Tensor2D>(add(codes, gumbel), temperature);
    parts.push(softmaxSegments(createSegments(codeWidths(layout)), noisy));
  }
  return parts.length === 1 ? (parts[0] as Tensor2D) : concat(parts, 1);
}

function withGiven(attributes: Tensor2D, { given, isGiven }: Tensors): Tensor2D {
  if (!given || !isGiven) return attributes;
  return add(mul(attributes, add(neg(isGiven), 1)), mul(given, isGiven));
}

/** The same numbers, through which no gradient goes. */
function withoutGradient(x: Tensor2D): Tensor2D {
  const stopped = customGrad((input) => ({
    value: mul<Tensor>(input as Tensor, 1),
    gradFunc: (dy: Tensor) => mul<Tensor>(dy, 0),
  }));
  return stopped(x) as Tensor2D;
}
