import type { AutoregressiveRecipe } from './recipe.js';

/** Numbers that all columns are embedded in, and their hidden units, at most: weights are the product. */
const mostEmbedded = 1024;
const mostHidden = 4096;

/** Steps of an epoch, at least, while a step has some rows. */
const stepsPerEpoch = 16;
const fewestRows = 32;

/**
 * The recipe for a table of so many columns of codes and rows: of very many columns each has fewer
 * units, and a step takes a sixteenth of few rows.
 */
export function forTable(
  recipe: AutoregressiveRecipe,
  columns: number,
  rows: number,
): AutoregressiveRecipe {
  const share = (most: number, own: number, fewest: number) =>
    Math.min(own, Math.max(fewest, Math.floor(most / columns)));
  return {
    ...recipe,
    embedding: share(mostEmbedded, recipe.embedding, 2),
    hidden: share(mostHidden, recipe.hidden, 8),
    batch: Math.min(recipe.batch, Math.max(fewestRows, Math.floor(rows / stepsPerEpoch))),
  };
}
