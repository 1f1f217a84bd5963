import { layoutOf } from '../../../../../../src/encode/table-layout.js';
import {
  type PrivateRecipe,
  privateTabular,
} from '../../../../../../src/gan/families/tabular/ctgan/private/recipe.js';
import { privateTraining } from '../../../../../../src/gan/families/tabular/ctgan/private/training.js';
import { planBudget } from '../../../../../../src/privacy/budget.js';
import { createSecretRandom } from '../../../../../../src/privacy/secret-random.js';
import { createRandom } from '../../../../../../src/random.js';

/** A secret, which tests may share. */
export const secret = 'a secret of more than thirty-two characters';

/** A recipe small enough for the eager engine. */
export const smallPrivate: PrivateRecipe = {
  ...privateTabular,
  latent: 8,
  generator: [16, 16],
  critic: [12, 8],
  batch: 20,
  sampleRate: 0.2,
  criticUpdates: 2,
};

/** An encoded table of intervals and two categories. */
export function smallTable(rows = 100) {
  const random = createRandom(31);
  const spans = [
    { kind: 'onehot', width: 3, role: 'mode', counts: [3, 2, 1] },
    { kind: 'onehot', width: 4, role: 'category', counts: [1, 1, 1, 0] },
    { kind: 'onehot', width: 2, role: 'category', counts: [1, 1] },
  ] as const;
  const codes = (width: number) => Int32Array.from({ length: rows }, () => random.integer(width));
  return { rows, layout: layoutOf([{ spans }]), values: [codes(3), codes(3), codes(2)] };
}

/** A training of such a recipe on such a table. */
export function smallTraining(recipe = smallPrivate, table = smallTable(), epsilon = 2) {
  const budget = planBudget(
    { epsilon, delta: 1e-5 },
    {
      histograms: 3,
      openHistograms: 1,
      share: recipe.histogramShare,
      pairs: recipe.pairs ? 3 : 0,
      pairShare: recipe.pairShare,
      updates: 40,
      sampleRate: recipe.sampleRate,
    },
  );
  const random = createSecretRandom(secret, 'small training');
  return privateTraining(table, recipe, budget, table.rows, random);
}
