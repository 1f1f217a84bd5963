import { add, div, minimum, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import {
  type HostTensors,
  hostTensor,
  mapEntries,
  type Tensors,
} from '../../../../compute/tensor.js';
import { isTrained } from '../../../../nn/layers/batch-norm.js';
import { createAdam } from '../../../../nn/optimizers/adam.js';
import { unscope } from '../../../../nn/scope.js';
import type { Random } from '../../../../random.js';
import type { RowShape } from '../shape.js';
import { createCritic } from './critic.js';
import { createGenerator } from './networks.js';
import type { PairMoments } from './pairs/moments.js';
import type { GeneratorRecipe, TabularRecipe } from './recipe.js';

/** Running moments of the pairs of features of made rows. */
export const runningPairs = 'pairs/moments';

/** The state before the first step: weights, running statistics, and both optimisers'. */
export function initialState(
  recipe: TabularRecipe,
  shape: RowShape,
  random: Random,
  pairs?: PairMoments,
): HostTensors {
  return stateWith(recipe, shape, random, () => createCritic(recipe, shape, random), pairs);
}

/** The same with another critic, which is made after the generator. */
export function stateWith(
  recipe: GeneratorRecipe & Pick<TabularRecipe, 'emaDecay'>,
  shape: RowShape,
  random: Random,
  criticOf: () => HostTensors,
  pairs?: PairMoments,
): HostTensors {
  const generator = createGenerator(recipe, shape, random);
  const critic = criticOf();
  const trained = Object.entries(generator).filter(([name]) => isTrained(name));
  return {
    ...generator,
    ...critic,
    ...createAdam('generator', Object.fromEntries(trained)),
    ...createAdam('critic', critic),
    ...(recipe.emaDecay > 0 ? averagesOf(generator) : {}),
    ...(pairs ? { [runningPairs]: pairState(pairs) } : {}),
  };
}

/** The running moments before the first step: those of the data. */
export function pairState({ moments, features }: PairMoments) {
  const size = features.count + 1;
  return hostTensor([moments.length / size, size], moments);
}

const averaged = 'average/';

/** The running averages of some tensors before the first step. */
export function averagesOf(tensors: HostTensors): HostTensors {
  return unscope(tensors, averaged);
}

/**
 * The generator's running averages after one more step. The first steps are soon forgotten: after n
 * of them the average keeps at most (1 + n) / (10 + n) of itself.
 */
export function average(most: number, state: Tensors): Tensors {
  const count = state['adam/step/generator'] as Tensor;
  const keep = minimum(most, div(add(count, 1), add(count, 10)));
  const before = Object.entries(state).filter(([name]) => name.startsWith(averaged));
  return mapEntries(Object.fromEntries(before), (value, name) => {
    const now = state[name.slice(averaged.length)] as Tensor;
    return add(mul(value, keep), mul(now, sub(1, keep)));
  });
}
