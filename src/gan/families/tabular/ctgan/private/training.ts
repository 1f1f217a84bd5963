import type { EncodedTable } from '../../../../../encode/table.js';
import type { PrivacyBudget } from '../../../../../privacy/budget.js';
import { mostSampled } from '../../../../../privacy/poisson-sample.js';
import type { SecretRandom } from '../../../../../privacy/secret-random.js';
import { createRandom } from '../../../../../random.js';
import type { Training } from '../../../../training/training.js';
import { rowShape } from '../../shape.js';
import type { PairMoments } from '../pairs/moments.js';
import { stateWith } from '../state.js';
import { createCritic } from './critic.js';
import { createPrivateFiller } from './fill-data.js';
import { privateInputs } from './inputs.js';
import { noisyPairMoments } from './noisy-pairs.js';
import type { PrivateRecipe } from './recipe.js';
import { privateStep } from './step.js';

/**
 * The networks of a private recipe, to be trained on an encoded table.
 *
 * States are not judged by real rows, and a training that diverges is not gone on with: both would look
 * at rows once more than is paid for.
 *
 * @param rows About how many rows there are: their noisy count.
 * @param secret What rows are sampled and noise is drawn by.
 */
export function privateTraining(
  table: EncodedTable,
  recipe: PrivateRecipe,
  budget: PrivacyBudget,
  rows: number,
  secret: SecretRandom,
): Training {
  const shape = rowShape(table.layout);
  const { sampleRate, logOverflow } = budget;
  const sampled = Math.max(mostSampled(table.rows, sampleRate, logOverflow), 1);
  // What it starts from is of no matter here: its noise has the same shapes.
  const critic = createCritic(recipe, shape, createRandom('shapes'));
  const moments = recipe.pairs && pairsOf(table, recipe.pairs.most);
  return {
    inputs: privateInputs(recipe, shape, sampled, critic),
    step: privateStep(recipe, shape, Math.max(sampleRate * rows, 1), moments),
    state: (random) =>
      stateWith(recipe, shape, random, () => createCritic(recipe, shape, random), moments),
    fillData: createPrivateFiller({ table, shape, recipe, budget, sampled, secret }),
  };

  function pairsOf(all: EncodedTable, most: number): PairMoments | undefined {
    if (budget.pairs === 0) return undefined;
    return noisyPairMoments(all, rows, budget.pairDeviation, secret.fork('pairs'), most);
  }
}
