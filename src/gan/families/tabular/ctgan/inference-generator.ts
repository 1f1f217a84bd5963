import {
  add,
  cast,
  concat,
  gather,
  matMul,
  relu,
  reshape,
  type Tensor1D,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import {
  type HostTensor,
  type HostTensors,
  hostTensor,
  type Tensors,
} from '../../../../compute/tensor.js';
import { foldBatchNorm } from '../../../../nn/layers/fold-batch-norm.js';
import { hidden, output } from '../names.js';
import type { RowShape } from '../shape.js';
import type { GeneratorRecipe } from './recipe.js';

/**
 * The generator's weights for making rows. Of each of its layers: `LAYER/weight` [inputs without the
 * condition, outputs], and `LAYER/rows` [condition + 1, outputs].
 *
 * The normalisation by running statistics, the same for all rows, is part of both. The condition is
 * looked up: row 0 of `rows` is the bias alone, and row k the bias and what category k − 1 adds. Of
 * a product with a one-hot condition nearly all numbers would be zeros.
 */
export function inferenceWeights(
  recipe: GeneratorRecipe,
  { condition }: RowShape,
  state: HostTensors,
): HostTensors {
  const layers = recipe.generator.map(
    (_, layer) => [hidden(layer), ...foldBatchNorm(state, hidden(layer))] as const,
  );
  const last = [output, state[`${output}/weight`], state[`${output}/bias`]] as const;
  const split = [...layers, last].flatMap(([name, weight, bias]) =>
    Object.entries(splitCondition(name, weight as HostTensor, bias as HostTensor, condition)),
  );
  return Object.fromEntries(split);
}

/** The condition is what the inputs of each layer end with. */
function splitCondition(
  name: string,
  { shape: [inputs = 0, outputs = 0], values }: HostTensor,
  bias: HostTensor,
  condition: number,
): HostTensors {
  const dense = inputs - condition;
  const rows = new Float32Array((condition + 1) * outputs);
  rows.set(values.subarray(dense * outputs), outputs);
  for (let k = 0; k < rows.length; k++) {
    rows[k] = (rows[k] as number) + (bias.values[k % outputs] as number);
  }
  return {
    [`${name}/weight`]: hostTensor(
      [dense, outputs],
      (values as Float32Array).slice(0, dense * outputs),
    ),
    [`${name}/rows`]: hostTensor([condition + 1, outputs], rows),
  };
}

/** As `generateLogits`, of weights by {@link inferenceWeights}; a row of `condition` has one 1 or none. */
export function inferenceLogits(
  recipe: GeneratorRecipe,
  weights: Tensors,
  latent: Tensor2D,
  condition: Tensor2D | undefined,
): Tensor2D {
  const place = condition && placeOf(condition);
  const layer = (name: string, x: Tensor2D): Tensor2D => {
    const rows = weights[`${name}/rows`] as Tensor2D;
    const start = place ? gather(rows, place) : rows;
    return add(matMul(x, weights[`${name}/weight`] as Tensor2D), start);
  };
  let x = latent;
  recipe.generator.forEach((_, index) => {
    x = concat([relu(layer(hidden(index), x)), x], 1);
  });
  return layer(output, x);
}

/** One-hot rows [rows, size] → the place of the 1, from 1 on; 0 where there is none. [rows] */
function placeOf(condition: Tensor2D): Tensor1D {
  const [rows, size] = condition.shape;
  const places = tensor2d(
    Float32Array.from({ length: size }, (_, k) => k + 1),
    [size, 1],
  );
  return cast(reshape(matMul(condition, places), [rows]), 'int32') as Tensor1D;
}
