import {
  add,
  grad,
  matMul,
  mul,
  type Scalar,
  sub,
  sum,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Tensors } from '../../../../compute/tensor.js';
import { gradientNormPenalty } from '../../../losses/gradient-penalty.js';
import { criticise, firstWeights } from './critic.js';
import type { TabularRecipe } from './recipe.js';

/**
 * The gradient penalty of points between real and fake packs, from what the critic's first layer made
 * of these. The layer is linear: what it makes of a point between two lies between theirs, as far
 * along. That is a product less.
 *
 * @param places [packs, 1], the place of each point between its two ends.
 * @param masks As in `criticise`.
 */
export function penaltyBetween(
  recipe: TabularRecipe,
  weights: Tensors,
  [real, fake]: readonly [Tensor2D, Tensor2D],
  places: Tensor2D,
  masks: readonly Tensor2D[],
): Scalar {
  const between = add<Tensor2D>(fake, mul(places, sub(real, fake)));
  const slopes = grad((x) => sum(criticise(recipe, weights, x as Tensor2D, masks)))(between);
  return gradientNormPenalty(
    firstWeights(recipe, weights).map((weight) => matMul(slopes, weight, false, true)),
  );
}
