import { add, mul, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../../../compute/tensor.js';
import { applyLeakyRelu } from '../../../../nn/layers/activations.js';
import { applyDense, createBias, createDense } from '../../../../nn/layers/dense.js';
import {
  createLinearOfParts,
  linearOfParts,
  type Part,
} from '../../../../nn/layers/linear-of-parts.js';
import type { Random } from '../../../../random.js';
import type { RowShape } from '../shape.js';
import type { TabularRecipe } from './recipe.js';

const output = 'critic/output';
const layerName = ({ critic }: TabularRecipe, layer: number) =>
  layer < critic.length ? `critic/hidden${layer}` : output;

/** Rows that are judged together, side by side; likewise their conditions, if there are any. */
export interface PackedRows {
  /** [packs, pack · width] */
  readonly rows: Tensor2D;
  /** [packs, pack · condition] */
  readonly condition: Tensor2D | undefined;
}

/** Weights of the critic, which sees `pack` rows with their conditions at once. */
export function createCritic(recipe: TabularRecipe, shape: RowShape, random: Random): HostTensors {
  const { pack, critic } = recipe;
  const widths = [...critic, 1];
  const [first = 1] = widths;
  const sizes = { rows: pack * shape.width, condition: pack * shape.condition };
  const name = layerName(recipe, 0);
  const state: HostTensors = {
    ...createLinearOfParts(name, sizes, first, random),
    ...createBias(name, sizes.rows + sizes.condition, first, random),
  };
  critic.forEach((inputs, layer) => {
    const outputs = widths[layer + 1] as number;
    Object.assign(state, createDense(layerName(recipe, layer + 1), inputs, outputs, random));
  });
  return state;
}

/** Puts each `pack` rows side by side. */
export function packRows(
  { pack }: TabularRecipe,
  rows: Tensor2D,
  condition: Tensor2D | undefined,
): PackedRows {
  const side = (x: Tensor2D): Tensor2D => reshape(x, [x.shape[0] / pack, pack * x.shape[1]]);
  return { rows: side(rows), condition: condition && side(condition) };
}

/** What the critic's first layer makes of packed rows, before its activation: [packs, units]. */
export function firstLayer(
  recipe: TabularRecipe,
  state: Tensors,
  { rows, condition }: PackedRows,
): Tensor2D {
  const name = layerName(recipe, 0);
  const parts: Part[] = [{ name: 'rows', x: rows }];
  if (condition) parts.push({ name: 'condition', x: condition, onehotSpans: recipe.pack });
  return add(linearOfParts(state, name, parts), state[`${name}/bias`] as Tensor);
}

/** The first layer's weights, by parts of the packed rows. */
export function firstWeights(recipe: TabularRecipe, state: Tensors): Tensor2D[] {
  const name = layerName(recipe, 0);
  const weights = ['rows', 'condition'].map((part) => state[`${name}/${part}/weight`]);
  return weights.filter((weight) => weight !== undefined) as Tensor2D[];
}

/**
 * What the first layer made → scores [packs, 1].
 *
 * @param masks What each hidden layer's units are multiplied by (inverted dropout, Srivastava et
 * al. 2014): one tensor [packs, units] a layer.
 */
export function criticise(
  recipe: TabularRecipe,
  state: Tensors,
  first: Tensor2D,
  masks: readonly Tensor2D[],
): Tensor2D {
  return masks.reduce(
    (x, mask, layer) =>
      applyDense(state, layerName(recipe, layer + 1), mul(applyLeakyRelu(x), mask)),
    first,
  );
}
