import { InvalidOptionError } from '../../../errors.js';
import { optimizerOptions } from '../../../nn/optimizers/describe.js';
import { checkOptions } from '../../../options/check.js';
import { either, listOf, object } from '../../../options/composed.js';
import { required, type ShapeOf } from '../../../options/option.js';
import { boolean, callback, custom, number, oneOf, wholeNumber } from '../../../options/values.js';
import { type AdversarialLoss, losses } from '../../losses/adversarial.js';
import type { LossName } from '../../losses/names.js';
import { augmentationNames } from '../../regularizers/augmentations.js';
import { checkPack } from '../check-pack.js';
import type { RecipeUse } from '../family.js';
import type { TensorKind } from './kind.js';
import type { TensorRecipe } from './recipe.js';

const positive = required(wholeNumber({ from: 1 }));
const weight = required(number({ from: 0 }));
const share = required(number({ from: 0, below: 1 }));

const ownLoss = custom<AdversarialLoss>(
  'an object of two functions, critic and generator',
  (value) => {
    const { critic, generator } = (value ?? {}) as Partial<AdversarialLoss>;
    return typeof critic === 'function' && typeof generator === 'function';
  },
);

const tensorOptions: ShapeOf<Omit<TensorRecipe, 'generator' | 'critic'>> = {
  latent: positive,
  latentDistribution: required(oneOf(['normal', 'uniform'])),
  widthMultiplier: required(number({ above: 0 })),
  batch: positive,
  epochs: required(number({ above: 0 })),
  loss: required(either([oneOf(Object.keys(losses) as LossName[]), ownLoss])),
  labels: required(oneOf(['optional', 'required', 'none'])),
  classifier: required(boolean()),
  labelSmoothing: share,
  criticSteps: positive,
  warmUp: required(boolean()),
  shareLatent: required(boolean()),
  pack: positive,
  gradientPenalty: weight,
  r1Penalty: weight,
  weightClip: weight,
  augmentations: required(
    listOf(oneOf(augmentationNames), "a list of augmentations, such as ['translation']"),
  ),
  emaDecay: share,
  criticOptimizer: required(optimizerOptions),
  generatorOptimizer: required(optimizerOptions),
};

/**
 * Checks a recipe for tensors of a kind.
 *
 * @throws InvalidOptionError
 */
export function parseTensorRecipe<Recipe extends TensorRecipe>(
  kind: Pick<TensorKind<Recipe>, 'options' | 'problem'>,
  recipe: object,
  use: RecipeUse,
): Recipe {
  // Sampling needs no more of the recipe; networks are in the generator's own file.
  if (use === 'sampling') {
    const needed = { latent: (recipe as Recipe).latent };
    checkOptions(object<typeof needed>({ latent: positive }), needed, 'recipe');
    return recipe as Recipe;
  }
  const network = required(callback<never>('a function that gives a network'));
  const shape = { ...tensorOptions, ...kind.options, generator: network, critic: network };
  checkOptions(object<object>(shape), recipe, 'fit.recipe');
  const checked = recipe as Recipe;
  checkPack(checked);
  checkTogether(checked);
  const problem = kind.problem?.(checked);
  if (problem) throw new InvalidOptionError(`fit.recipe cannot be: ${problem}`);
  return checked;
}

/** Refuses options that exclude each other. */
function checkTogether({ classifier, labels, pack, shareLatent, criticSteps }: TensorRecipe) {
  const checks: readonly (readonly [isRight: boolean, what: string])[] = [
    [
      !classifier || labels === 'required',
      `labels must be 'required' for a classifier: '${labels}'. Set it, or leave the classifier out`,
    ],
    [!classifier || pack === 1, `pack must be 1 for a classifier: ${pack}`],
    [
      !shareLatent || criticSteps === 1,
      `criticSteps must be 1 where a step's latent vectors are the same: ${criticSteps}. Set ` +
        'shareLatent to false',
    ],
  ];
  const failed = checks.find(([isRight]) => !isRight);
  if (failed) throw new InvalidOptionError(`fit.recipe.${failed[1]}`);
}
