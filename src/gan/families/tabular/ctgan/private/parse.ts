import { adamOptions } from '../../../../../nn/optimizers/describe.js';
import { checkOptions } from '../../../../../options/check.js';
import { object } from '../../../../../options/composed.js';
import { required } from '../../../../../options/option.js';
import { number } from '../../../../../options/values.js';
import type { RecipeUse } from '../../../family.js';
import { pairMatching, parseSampling, positive, samplingShape, share, widths } from '../parse.js';
import type { PrivateRecipe } from './recipe.js';

const recipeOptions = object<PrivateRecipe>({
  ...samplingShape,
  critic: required(widths),
  batch: positive,
  sampleRate: required(number({ above: 0, to: 1 })),
  criticUpdates: positive,
  clip: required(number({ above: 0 })),
  histogramShare: required(number({ above: 0, below: 1 })),
  pairs: pairMatching,
  pairShare: required(number({ above: 0, below: 1 })),
  optimizer: required(adamOptions),
  criticOptimizer: required(adamOptions),
  emaDecay: required(share),
});

/**
 * Checks a recipe for tables that promises privacy.
 *
 * @throws InvalidOptionError
 */
export function parsePrivateRecipe(recipe: object, use: RecipeUse): PrivateRecipe {
  if (use === 'sampling') return parseSampling(recipe) as PrivateRecipe;
  checkOptions(recipeOptions, recipe, 'fit.recipe');
  return recipe as PrivateRecipe;
}
