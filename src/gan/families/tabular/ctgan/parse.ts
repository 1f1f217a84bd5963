import { adamOptions } from '../../../../nn/optimizers/describe.js';
import { checkOptions } from '../../../../options/check.js';
import { either, listOf, object } from '../../../../options/composed.js';
import { hinted, required } from '../../../../options/option.js';
import { boolean, number, oneOf, wholeNumber } from '../../../../options/values.js';
import { checkPack } from '../../check-pack.js';
import type { RecipeUse } from '../../family.js';
import type { GeneratorRecipe, PairMatching, TabularRecipe } from './recipe.js';

export const positive = required(wholeNumber({ from: 1 }));
export const widths = listOf(
  wholeNumber({ from: 1 }),
  'a list of widths of layers, such as [256, 256]',
);
export const share = number({ from: 0, below: 1 });

/** What sampling needs: the networks are in the generator's own file. */
export const samplingShape = {
  latent: positive,
  generator: required(widths),
  temperature: required(hinted('It is that of a softmax: 0.2 in the paper', number({ above: 0 }))),
};

export const pairMatching = object<PairMatching>({
  weight: required(number({ from: 0 })),
  memory: required(share),
  most: positive,
});

const recipeOptions = object<TabularRecipe>({
  ...samplingShape,
  critic: required(widths),
  pack: positive,
  batch: positive,
  dropout: required(share),
  gradientPenalty: required(number({ from: 0 })),
  optimizer: required(adamOptions),
  emaDecay: required(share),
  conditionPower: required(either([oneOf(['log']), number({ from: 0 })])),
  calibrate: required(boolean()),
  pairs: pairMatching,
});

/**
 * Checks a recipe for tables.
 *
 * @throws InvalidOptionError
 */
export function parseTabularRecipe(recipe: object, use: RecipeUse): TabularRecipe {
  if (use === 'sampling') return parseSampling(recipe) as TabularRecipe;
  checkOptions(recipeOptions, recipe, 'fit.recipe');
  checkPack(recipe);
  return recipe;
}

/** Checks what sampling needs of a saved recipe. @throws InvalidOptionError */
export function parseSampling(recipe: object): GeneratorRecipe {
  const { latent, generator, temperature } = recipe as GeneratorRecipe;
  const needed = { latent, generator, temperature };
  checkOptions(object<GeneratorRecipe>(samplingShape), needed, 'recipe');
  return recipe as GeneratorRecipe;
}
