import type { EncodedTable } from '../../../../../src/encode/table-layout.js';
import { codeOrder } from '../../../../../src/gan/families/tabular/autoregressive/code-order.js';
import {
  type AutoregressiveRecipe,
  autoregressive,
} from '../../../../../src/gan/families/tabular/autoregressive/recipe.js';
import { autoregressiveTraining } from '../../../../../src/gan/families/tabular/autoregressive/training.js';
import type { Training } from '../../../../../src/gan/training/training.js';
import { createRandom } from '../../../../../src/random.js';

/** A recipe small enough for the eager engine. */
export const smallAutoregressive: AutoregressiveRecipe = {
  ...autoregressive,
  embedding: 3,
  hidden: 8,
  targetHidden: 5,
  batch: 40,
  conditions: 1,
};

/** The small recipe, to be trained on a table whose spans are columns of their own, the first the target. */
export function smallTraining(table: EncodedTable): Training {
  const columns = table.layout.spans.map((span, column) => ({ ...span, column }));
  const spans = codeOrder({ ...table.layout, spans: columns }, 0);
  return autoregressiveTraining(
    { table, spans, random: createRandom('order') },
    smallAutoregressive,
  );
}
