import type { Training } from '../../../training/train.js';
import type { DomainRecipe } from '../recipe.js';
import { type DomainGan, slowDown } from './domain-gan.js';

/**
 * The networks of a recipe, to be trained on images of two domains.
 *
 * @param create Makes them of a recipe.
 */
export function domainTraining<Recipe extends DomainRecipe>(
  create: (recipe: Recipe) => DomainGan,
  recipe: Recipe,
  fillData: Training['fillData'],
  score?: Training['score'],
): Training {
  const { inputs, step, state } = create(recipe);
  return {
    inputs,
    step,
    state,
    fillData,
    scaleLearningRate: (factor) =>
      domainTraining(create, slowDown(recipe, factor), fillData, score),
    ...(score && { score }),
  };
}
