import { mul, relu, slice, type Tensor2D } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../../../compute/tensor.js';
import { applyDense, applyLinear, createDense, createLinear } from '../../../../nn/layers/dense.js';
import type { Random } from '../../../../random.js';
import type { CodeSpan } from './code-order.js';
import type { AutoregressiveRecipe } from './recipe.js';

/** Names of the layers that a column of codes of the target has besides its block. */
const layer = (place: number, of: 'first' | 'second' | 'output') =>
  `generator/target${place}/${of}`;

/** Units of a hidden layer of all columns of codes that the target has; 0 where it has no layers besides. */
export function targetWidth(
  { targetHidden }: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
): number {
  return spans.filter(({ isTarget }) => isTarget).length * targetHidden;
}

/**
 * Weights of the layers that the target has besides its block: what it depends on together is more than
 * what one hidden layer tells.
 *
 * @param seen Embedded numbers before each column.
 */
export function createTargetNetwork(
  { targetHidden }: AutoregressiveRecipe,
  spans: readonly CodeSpan[],
  seen: readonly number[],
  random: Random,
): HostTensors {
  const state: HostTensors = {};
  if (targetHidden === 0) return state;
  spans.forEach(({ isTarget, size }, place) => {
    const inputs = seen[place] as number;
    if (!isTarget || inputs === 0) return;
    Object.assign(
      state,
      createDense(layer(place, 'first'), inputs, targetHidden, random),
      createDense(layer(place, 'second'), targetHidden, targetHidden, random),
      createLinear(layer(place, 'output'), targetHidden, size, random),
    );
  });
  return state;
}

/** Whether a column has such layers. */
export function hasTargetNetwork(state: Tensors, place: number): boolean {
  return `${layer(place, 'first')}/weight` in state;
}

/**
 * What the layers add to the logits of a column of codes of the target.
 *
 * @param embedded The columns before it [rows, embedded numbers].
 * @param dropout What both hidden layers are multiplied by [rows, 2 × units].
 */
export function targetLogits(
  state: Tensors,
  place: number,
  embedded: Tensor2D,
  dropout?: Tensor2D,
): Tensor2D {
  const [rows] = embedded.shape;
  const kept = (units: Tensor2D, at: number): Tensor2D => {
    const [, width] = units.shape;
    if (!dropout) return units;
    return mul(units, slice(dropout, [0, at * width], [rows, width]));
  };
  const first = kept(relu(applyDense(state, layer(place, 'first'), embedded)), 0);
  const second = kept(relu(applyDense(state, layer(place, 'second'), first)), 1);
  return applyLinear(state, layer(place, 'output'), second);
}
