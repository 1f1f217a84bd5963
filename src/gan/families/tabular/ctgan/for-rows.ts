import type { TabularRecipe } from './recipe.js';

/** Rows of a step, at least: batch normalisation needs some. */
const fewest = 50;

/**
 * The recipe for a table of so many rows: a step takes no more than there are, in whole packs. To see
 * each of few rows several times in a step takes as much longer, and gains nothing.
 */
export function forRows(recipe: TabularRecipe, rows: number): TabularRecipe {
  const { batch, pack } = recipe;
  const packs = Math.max(Math.floor(rows / pack), Math.ceil(fewest / pack));
  return packs * pack < batch ? { ...recipe, batch: packs * pack } : recipe;
}
