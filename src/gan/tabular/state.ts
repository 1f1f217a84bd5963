import type { HostTensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import { isTrained } from '../layers/batch-norm.js';
import { createAdam } from '../optimizer/adam.js';
import { createCritic } from './critic.js';
import { createGenerator } from './generator.js';
import type { TabularRecipe } from './recipe.js';
import type { RowShape } from './shape.js';

/** The state before the first step: weights, running statistics, and both optimisers'. */
export function initialState(recipe: TabularRecipe, shape: RowShape, random: Random): HostTensors {
  const generator = createGenerator(recipe, shape, random);
  const critic = createCritic(recipe, shape, random);
  const trained = Object.entries(generator).filter(([name]) => isTrained(name));
  return {
    ...generator,
    ...critic,
    ...createAdam('generator', Object.fromEntries(trained)),
    ...createAdam('critic', critic),
  };
}
