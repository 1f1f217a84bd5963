import type { AutoregressiveRecipe } from './recipe.js';

/** Numbers that all columns are embedded in, and their hidden units, at most: weights are the product. */
const mostEmbedded = 1024;
const mostHidden = 4096;

/** Steps of an epoch, at least, while a step has some rows. */
const stepsPerEpoch = 16;
const fewestRows = 32;

/** Rows that the recipe's decay is for, and by how much more it is of fewer, at most. */
const usualRows = 20_000;
const mostDecay = 6;

/** Rows for each unit of the layers that the target has besides, and units that these have at least. */
const rowsPerUnit = 64;
const fewestTargetUnits = 64;

/**
 * The recipe for a table of so many columns of codes and rows: of very many columns each has fewer
 * units; a step takes a sixteenth of few rows, and weights decay the more, the fewer rows there are, as
 * a prior does in a mean over rows. Of few rows the target, too, has fewer units, and counts less: they
 * would be learned by heart.
 */
export function forTable(
  recipe: AutoregressiveRecipe,
  columns: number,
  rows: number,
): AutoregressiveRecipe {
  const share = (most: number, own: number, fewest: number) =>
    Math.min(own, Math.max(fewest, Math.floor(most / columns)));
  const { decay = 0 } = recipe.optimizer;
  const { targetHidden, targetWeight } = recipe;
  const targetUnits = Math.max(fewestTargetUnits, Math.floor(rows / rowsPerUnit));
  return {
    ...recipe,
    targetHidden: Math.min(targetHidden, targetUnits),
    targetWeight: 1 + (targetWeight - 1) * Math.min(rows / usualRows, 1),
    optimizer: { ...recipe.optimizer, decay: decay * Math.min(usualRows / rows, mostDecay) },
    embedding: share(mostEmbedded, recipe.embedding, 2),
    hidden: share(mostHidden, recipe.hidden, 8),
    batch: Math.min(recipe.batch, Math.max(fewestRows, Math.floor(rows / stepsPerEpoch))),
  };
}
