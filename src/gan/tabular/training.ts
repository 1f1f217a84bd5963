import type { EncodedTable } from '../../encode/table.js';
import type { Training } from '../training/train.js';
import { indexRows, rowWeights } from './condition.js';
import { createDataFiller } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import { type PairMoments, pairMoments } from './pairs/moments.js';
import type { TabularRecipe } from './recipe.js';
import { rowShape } from './shape.js';
import { initialState } from './state.js';
import { tabularStep } from './step.js';

/**
 * The networks of a recipe, to be trained on an encoded table.
 *
 * @param context Columns of the encoded row within which pairs are compared: the levels of a target.
 */
export function tabularTraining(
  table: EncodedTable,
  recipe: TabularRecipe,
  context: readonly number[] = [],
): Training {
  const shape = rowShape(table.layout);
  const pairs = pairsOf(table, recipe, context);
  return {
    inputs: trainingInputs(recipe, shape),
    step: tabularStep(recipe, shape, pairs),
    state: (random) => initialState(recipe, shape, random, pairs),
    fillData: createDataFiller(table, recipe),
  };
}

function pairsOf(
  table: EncodedTable,
  recipe: TabularRecipe,
  context: readonly number[],
): PairMoments | undefined {
  if (!recipe.pairs) return;
  const weights = rowWeights(indexRows(table, recipe.conditionPower));
  return pairMoments(table, weights, context, recipe.pairs.most);
}
