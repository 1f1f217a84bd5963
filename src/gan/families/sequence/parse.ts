import { adamOptions } from '../../../nn/optimizers/describe.js';
import { checkOptions } from '../../../options/check.js';
import { listOf, object } from '../../../options/composed.js';
import { hinted, required } from '../../../options/option.js';
import { boolean, number, wholeNumber } from '../../../options/values.js';
import type { RecipeUse } from '../family.js';
import type { SequenceRecipe } from './recipe.js';

const positive = required(wholeNumber({ from: 1 }));
const widths = required(
  listOf(wholeNumber({ from: 1 }), 'a list of widths of layers, such as [100, 100]', { least: 1 }),
);

/** What sampling needs: the networks are in the generator's own file. */
const samplingShape = {
  latent: positive,
  stepLatent: positive,
  recurrent: positive,
  stepsAtOnce: required(wholeNumber({ from: 0 })),
  ranges: required(boolean()),
};

const recipeOptions = object<SequenceRecipe>({
  ...samplingShape,
  attributeLayers: widths,
  criticLayers: widths,
  batch: required(wholeNumber({ from: 2 })),
  temperature: required(hinted('It is that of a softmax: 0.2 in CTGAN', number({ above: 0 }))),
  gradientPenalty: required(number({ from: 0 })),
  attributeWeight: required(number({ from: 0 })),
  generatorOptimizer: required(adamOptions),
  criticOptimizer: required(adamOptions),
  emaDecay: required(number({ from: 0, below: 1 })),
});

/**
 * Checks a recipe for sequences.
 *
 * @throws InvalidOptionError
 */
export function parseSequenceRecipe(recipe: object, use: RecipeUse): SequenceRecipe {
  if (use === 'sampling') {
    const { latent, stepLatent, recurrent, stepsAtOnce, ranges } = recipe as SequenceRecipe;
    const needed = { latent, stepLatent, recurrent, stepsAtOnce, ranges };
    checkOptions(object<typeof needed>(samplingShape), needed, 'recipe');
    return recipe as SequenceRecipe;
  }
  checkOptions(recipeOptions, recipe, 'fit.recipe');
  return recipe;
}
