import { optimizerOptions } from '../../../nn/optimizers/describe.js';
import { checkOptions } from '../../../options/check.js';
import { listOf, object } from '../../../options/composed.js';
import { required, type ShapeOf } from '../../../options/option.js';
import { boolean, number, oneOf, wholeNumber } from '../../../options/values.js';
import { losses } from '../../losses/adversarial.js';
import type { LossName } from '../../losses/names.js';
import { augmentationNames } from '../../regularizers/augmentations.js';
import type { RecipeUse } from '../family.js';
import { patchSizes } from './patch-size.js';
import type {
  ContrastRecipe,
  CycleRecipe,
  LabelRecipe,
  PairRecipe,
  TranslationRecipe,
} from './recipe.js';

const positive = required(wholeNumber({ from: 1 }));
const weight = required(number({ from: 0 }));
const share = required(number({ from: 0, below: 1 }));

const shape: ShapeOf<TranslationRecipe> = {
  filters: positive,
  criticFilters: positive,
  patch: required(oneOf(patchSizes)),
  batch: positive,
  epochs: required(number({ above: 0 })),
  decay: required(number({ from: 0, to: 1 })),
  loss: required(oneOf(Object.keys(losses) as LossName[])),
  crop: required(wholeNumber({ from: 0 })),
  flip: required(boolean()),
  augmentations: required(
    listOf(oneOf(augmentationNames), "a list of augmentations, such as ['translation']"),
  ),
  criticOptimizer: required(optimizerOptions),
  generatorOptimizer: required(optimizerOptions),
};

const pairOptions = object<PairRecipe>({
  ...shape,
  levels: required(wholeNumber({ from: 0, to: 8 })),
  dropout: share,
  reconstruction: weight,
});

/**
 * Checks a recipe for pairs; sampling needs all of it too, as it says how the generator is built.
 *
 * @throws InvalidOptionError
 */
export function parsePairRecipe(recipe: object, use: RecipeUse): PairRecipe {
  checkOptions(pairOptions, recipe, use === 'training' ? 'fit.recipe' : 'recipe');
  return recipe as PairRecipe;
}

const domainShape = { ...shape, blocks: required(wholeNumber({ from: 1 })) };

const cycleOptions = object<CycleRecipe>({
  ...domainShape,
  cycle: weight,
  identity: weight,
  history: required(wholeNumber({ from: 0 })),
});

const contrastOptions = object<ContrastRecipe>({
  ...domainShape,
  contrast: weight,
  identity: required(boolean()),
  places: required(wholeNumber({ from: 2 })),
  temperature: required(number({ above: 0 })),
});

/**
 * Checks a recipe for two domains.
 *
 * @throws InvalidOptionError
 */
export function parseDomainRecipe(recipe: object, use: RecipeUse): CycleRecipe | ContrastRecipe {
  const path = use === 'training' ? 'fit.recipe' : 'recipe';
  if ('cycle' in recipe) {
    checkOptions(cycleOptions, recipe, path);
    return recipe;
  }
  checkOptions(contrastOptions, recipe, path);
  return recipe;
}

const labelOptions = object<LabelRecipe>({
  contrast: required(oneOf(['learned', 'random'])),
  spread: weight,
  noise: weight,
  blur: weight,
  biasField: weight,
});

/**
 * Checks a recipe that draws images of labels.
 *
 * @throws InvalidOptionError
 */
export function parseLabelRecipe(recipe: object, use: RecipeUse): LabelRecipe {
  checkOptions(labelOptions, recipe, use === 'training' ? 'fit.recipe' : 'recipe');
  return recipe as LabelRecipe;
}
