import { InvalidOptionError } from '../../../errors.js';
import { losses } from '../../losses/adversarial.js';
import type { TensorRecipe } from './recipe.js';

type Check = readonly [isRight: boolean, what: string];

/** Refuses a recipe that no model can be trained by. */
export function checkTensorRecipe(recipe: TensorRecipe): void {
  const { batch, pack, loss, classifier, labels, criticSteps, shareLatent } = recipe;
  const positive = (key: 'latent' | 'batch' | 'criticSteps' | 'pack'): Check => [
    Number.isSafeInteger(recipe[key]) && recipe[key] > 0,
    `'${key}' must be a positive whole number: ${recipe[key]}`,
  ];
  const weight = (key: 'gradientPenalty' | 'r1Penalty' | 'weightClip'): Check => [
    recipe[key] >= 0 && Number.isFinite(recipe[key]),
    `'${key}' must be a number from 0: ${recipe[key]}`,
  ];
  const named = typeof loss === 'string' && Object.hasOwn(losses, loss);
  const checks: Check[] = [
    ...(['latent', 'batch', 'criticSteps', 'pack'] as const).map(positive),
    ...(['gradientPenalty', 'r1Penalty', 'weightClip'] as const).map(weight),
    [
      recipe.widthMultiplier > 0 && Number.isFinite(recipe.widthMultiplier),
      `'widthMultiplier' must be above 0: ${recipe.widthMultiplier}`,
    ],
    [
      recipe.latentDistribution === 'normal' || recipe.latentDistribution === 'uniform',
      `'latentDistribution' must be 'normal' or 'uniform': ${recipe.latentDistribution}`,
    ],
    [batch % pack === 0, `'batch' must be a multiple of 'pack' (${pack}): ${batch}`],
    [
      named || (typeof loss === 'object' && loss !== null),
      `'loss' must be one of ${Object.keys(losses).join(', ')}, or functions: ${String(loss)}`,
    ],
    [
      typeof recipe.generator === 'function' && typeof recipe.critic === 'function',
      "'generator' and 'critic' must be functions that give a network",
    ],
    [
      !classifier || labels === 'required',
      `'labels' must be 'required' for a classifier: ${labels}`,
    ],
    [!classifier || pack === 1, `'pack' must be 1 for a classifier: ${pack}`],
    [
      !shareLatent || criticSteps === 1,
      `'criticSteps' must be 1 where a step's latent vectors are the same: ${criticSteps}`,
    ],
    [
      recipe.emaDecay >= 0 && recipe.emaDecay < 1,
      `'emaDecay' must be in [0, 1): ${recipe.emaDecay}`,
    ],
  ];
  const failed = checks.find(([isRight]) => !isRight);
  if (failed) throw new InvalidOptionError(`fit.recipe cannot be: ${failed[1]}`);
}
