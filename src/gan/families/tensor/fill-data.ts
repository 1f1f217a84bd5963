import type { Feed } from '../../../compute/program.js';
import type { Random } from '../../../random.js';
import { createOrders } from '../../training/epoch-order.js';
import { criticUpdate, generatorTurn, generatorUpdate } from './inputs.js';
import type { TensorRecipe } from './recipe.js';
import { isForGenerator } from './warm-up.js';

/** Tensors that can be put into a step's inputs, with their labels. */
export interface TensorSource {
  readonly count: number;
  /** Tensor `index` as numbers in [−1, 1], into `target` from place `to`. */
  fill(index: number, target: Float32Array, to: number): void;
  /** The class of each tensor, if there are labels. */
  readonly labels?: Int32Array | undefined;
}

/**
 * Fills the real tensors of a step, and the labels of real and of fake ones.
 *
 * Each epoch shows all tensors once, in an order of its own; labels of fake ones are those of real
 * ones that are drawn evenly.
 *
 * @param random Gives the orders.
 */
export function createTensorFiller(
  { count, fill, labels }: TensorSource,
  { batch, criticSteps }: Pick<TensorRecipe, 'batch' | 'criticSteps'>,
  classes: number,
  random: Random,
) {
  const orderOf = createOrders(count, random);
  const putLabel = (target: Float32Array, row: number, index: number) => {
    target[row * classes + (labels?.[index] as number)] = 1;
  };
  const drawLabels = (target: Float32Array | undefined, stepRandom: Random) => {
    if (!target) return;
    target.fill(0);
    for (let row = 0; row < batch; row++) putLabel(target, row, stepRandom.integer(count));
  };
  return (feed: Feed, stepRandom: Random, step: number): void => {
    const input = (name: string) => feed[name] as Float32Array | undefined;
    for (let k = 0; k < criticSteps; k++) {
      const prefix = criticUpdate(k);
      const real = input(`${prefix}real`) as Float32Array;
      const realLabel = input(`${prefix}realLabel`);
      realLabel?.fill(0);
      const size = real.length / batch;
      for (let row = 0; row < batch; row++) {
        const index = orderOf((step * criticSteps + k) * batch + row);
        fill(index, real, row * size);
        if (realLabel) putLabel(realLabel, row, index);
      }
      drawLabels(input(`${prefix}label`), stepRandom.fork(prefix));
    }
    drawLabels(input(`${generatorUpdate}label`), stepRandom.fork(generatorUpdate));
    input(generatorTurn)?.fill(isForGenerator(step, criticSteps) ? 1 : 0);
  };
}
