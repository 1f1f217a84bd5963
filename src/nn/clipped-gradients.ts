import {
  add,
  addN,
  div,
  matMul,
  minimum,
  mul,
  sqrt,
  square,
  step,
  sum,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Tensors } from '../compute/tensor.js';
import { applyLeakyRelu } from './layers/activations.js';
import { applyDense } from './layers/dense.js';

/** Dense layers with leaky ReLUs between them, and what they were fed: all that their slopes need. */
export interface DenseStackRun {
  /** What the last layer made: [rows, 1]. */
  readonly scores: Tensor2D;
  /** What each layer was fed: [rows, inputs]. */
  readonly inputs: readonly Tensor2D[];
  /** What each layer but the last made, before its activation: [rows, units]. */
  readonly sums: readonly Tensor2D[];
}

/** Slope of the leaky ReLUs below 0. */
const leak = 0.2;

/** x [rows, inputs] through dense layers of these names, to one score a row. */
export function runDenseStack(
  weights: Tensors,
  names: readonly string[],
  x: Tensor2D,
): DenseStackRun {
  const inputs = [x];
  const sums: Tensor2D[] = [];
  for (const name of names.slice(0, -1)) {
    const made = applyDense(weights, name, inputs.at(-1) as Tensor2D);
    sums.push(made);
    inputs.push(applyLeakyRelu(made, leak));
  }
  const scores = applyDense(weights, names.at(-1) as string, inputs.at(-1) as Tensor2D);
  return { scores, inputs, sums };
}

/** What float32 may add to a norm that is cut to a bound. */
const rounding = 1e-5;

/**
 * The sum over rows of each row's own gradient by all weights, cut to a norm of `bound`: what DP-SGD adds
 * noise to (Abadi et al. 2016, arXiv 1607.00133).
 *
 * A row's gradient by a dense layer's weight is the outer product of what the layer was fed and the slope
 * of what it made, and so the square of its norm is the product of theirs (Goodfellow 2015, arXiv
 * 1510.01799): norms take no gradient of a row by itself, and the cut sum is one product more.
 *
 * @param slopes Slope of each row's loss by its score, [rows, 1].
 * @param rowWeights What each cut gradient is multiplied by, [rows, 1]: 0 for rows that fill up a batch.
 * @returns The sum for each weight, and the norms before they were cut, [rows, 1].
 */
export function clippedGradients(
  weights: Tensors,
  names: readonly string[],
  { inputs, sums }: Omit<DenseStackRun, 'scores'>,
  slopes: Tensor2D,
  rowWeights: Tensor2D,
  bound: number,
): { gradients: Tensors; norms: Tensor2D } {
  const layers = slopesOfLayers(weights, names, sums, slopes);
  const squares = layers.map((slope, layer) => {
    // The bias is a weight of an input that is always 1.
    const fed = add(squaredNorms(inputs[layer] as Tensor2D), 1);
    return mul<Tensor2D>(squaredNorms(slope), fed);
  });
  const norms = sqrt(addN(squares)) as Tensor2D;
  const cut = minimum(1, div(bound * (1 - rounding), add(norms, 1e-20)));
  const factors = mul<Tensor2D>(cut, rowWeights);
  const gradients = names.map((name, layer): [string, Tensor1D | Tensor2D][] => {
    const slope = mul<Tensor2D>(layers[layer] as Tensor2D, factors);
    return [
      [`${name}/weight`, matMul(inputs[layer] as Tensor2D, slope, true)],
      [`${name}/bias`, sum(slope, 0)],
    ];
  });
  return { gradients: Object.fromEntries(gradients.flat()), norms };
}

/** Slopes of each row's loss by what each layer made, [rows, units]. */
function slopesOfLayers(
  weights: Tensors,
  names: readonly string[],
  sums: readonly Tensor2D[],
  last: Tensor2D,
): Tensor2D[] {
  const slopes = [last];
  for (let layer = names.length - 1; layer > 0; layer--) {
    const weight = weights[`${names[layer]}/weight`] as Tensor2D;
    const fed = matMul(slopes[0] as Tensor2D, weight, false, true);
    slopes.unshift(mul(fed, step(sums[layer - 1] as Tensor2D, leak)));
  }
  return slopes;
}

const squaredNorms = (x: Tensor2D): Tensor2D => sum(square(x), 1, true);
