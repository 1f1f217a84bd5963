import { concat, type Tensor2D } from '@tensorflow/tfjs-core';
import type { HostTensors } from '../../../../../compute/tensor.js';
import { createDense } from '../../../../../nn/layers/dense.js';
import type { Random } from '../../../../../random.js';
import type { RowShape } from '../../shape.js';
import type { PrivateRecipe } from './recipe.js';

/** Names of the critic's layers, first to last. */
export function criticLayers({ critic }: PrivateRecipe): string[] {
  return [...critic.map((_, layer) => `critic/hidden${layer}`), 'critic/output'];
}

/** Weights of the critic, which sees one row with its condition. */
export function createCritic(recipe: PrivateRecipe, shape: RowShape, random: Random): HostTensors {
  const widths = [shape.width + shape.condition, ...recipe.critic, 1];
  const layers = criticLayers(recipe).map((name, layer) =>
    createDense(name, widths[layer] as number, widths[layer + 1] as number, random),
  );
  return Object.assign({}, ...layers);
}

/** Rows with their conditions, if there are any: what the critic sees. */
export function withCondition(rows: Tensor2D, condition: Tensor2D | undefined): Tensor2D {
  return condition ? concat([rows, condition], 1) : rows;
}
