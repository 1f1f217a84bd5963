import { adamOptions } from '../../../../nn/optimizers/describe.js';
import { checkOptions } from '../../../../options/check.js';
import { object } from '../../../../options/composed.js';
import { hinted, required } from '../../../../options/option.js';
import { number, wholeNumber } from '../../../../options/values.js';
import type { RecipeUse } from '../../family.js';
import type { AutoregressiveRecipe } from './recipe.js';

const positive = required(wholeNumber({ from: 1 }));
const share = required(number({ from: 0, below: 1 }));

const recipeOptions = object<AutoregressiveRecipe>({
  embedding: positive,
  hidden: positive,
  targetHidden: required(wholeNumber({ from: 0 })),
  targetWeight: required(number({ above: 0 })),
  batch: positive,
  dropout: share,
  conditions: required(number({ from: 0, to: 1 })),
  optimizer: required(adamOptions),
  emaDecay: share,
  temperature: required(hinted('1 is the distribution that was learned', number({ above: 0 }))),
});

/**
 * Checks a recipe of an autoregressive model; for sampling nothing is needed, as the graph has it all.
 *
 * @throws InvalidOptionError
 */
export function parseAutoregressiveRecipe(recipe: object, use: RecipeUse): AutoregressiveRecipe {
  if (use === 'training') checkOptions(recipeOptions, recipe, 'fit.recipe');
  return recipe as AutoregressiveRecipe;
}
