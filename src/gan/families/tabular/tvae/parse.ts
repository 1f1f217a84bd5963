import { adamOptions } from '../../../../nn/optimizers/describe.js';
import { checkOptions } from '../../../../options/check.js';
import { listOf, object } from '../../../../options/composed.js';
import { required } from '../../../../options/option.js';
import { boolean, custom, number, wholeNumber } from '../../../../options/values.js';
import type { RecipeUse } from '../../family.js';
import type { VariationalRecipe } from './recipe.js';

const positive = required(wholeNumber({ from: 1 }));
const widths = required(
  listOf(wholeNumber({ from: 1 }), 'a list of widths of layers, such as [128, 128]'),
);

/** What sampling needs. */
const samplingShape = {
  latent: positive,
  decoder: widths,
  deviation: required(
    custom<readonly [number, number]>(
      'two numbers above 0, the lower one first',
      (value) =>
        Array.isArray(value) &&
        value.length === 2 &&
        value.every((bound) => Number.isFinite(bound) && bound > 0) &&
        value[0] <= value[1],
    ),
  ),
};

const recipeOptions = object<VariationalRecipe>({
  ...samplingShape,
  encoder: widths,
  batch: positive,
  reconstruction: required(number({ above: 0 })),
  optimizer: required(adamOptions),
  calibrate: required(boolean()),
});

/**
 * Checks a recipe of a variational autoencoder.
 *
 * @throws InvalidOptionError
 */
export function parseVariationalRecipe(recipe: object, use: RecipeUse): VariationalRecipe {
  if (use === 'sampling') {
    const { latent, decoder, deviation } = recipe as VariationalRecipe;
    const needed = { latent, decoder, deviation };
    checkOptions(object<typeof needed>(samplingShape), needed, 'recipe');
    return recipe as VariationalRecipe;
  }
  checkOptions(recipeOptions, recipe, 'fit.recipe');
  return recipe;
}
