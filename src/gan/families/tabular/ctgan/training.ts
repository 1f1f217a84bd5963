import type { EncodedTable } from '../../../../encode/table.js';
import type { Random } from '../../../../random.js';
import type { Training } from '../../../training/training.js';
import { calibrate } from '../calibrate/calibrate.js';
import { generatorWeights } from '../generator-weights.js';
import { scoreRows } from '../score.js';
import { rowShape } from '../shape.js';
import { createDataFiller } from './fill-data.js';
import { trainingInputs } from './inputs.js';
import { type PairMoments, pairMoments } from './pairs/moments.js';
import type { TabularRecipe } from './recipe.js';
import { indexRows, rowWeights } from './row-index.js';
import { ganLogits } from './row-maker.js';
import { initialState } from './state.js';
import { tabularStep } from './step.js';

/** What a table is trained with besides its rows. */
export interface TabularData {
  /** Columns of the encoded row within which pairs are compared: the levels of a target. */
  readonly context?: readonly number[] | undefined;
  /** Rows to judge by, and the stream that judged rows are made with; without them none is. */
  readonly judge?: { readonly held: EncodedTable; readonly random: Random } | undefined;
}

/** The networks of a recipe, to be trained on an encoded table. */
export function tabularTraining(
  table: EncodedTable,
  recipe: TabularRecipe,
  { context = [], judge }: TabularData = {},
): Training {
  const shape = rowShape(table.layout);
  const pairs = pairsOf(table, recipe, context);
  const { optimizer } = recipe;
  return {
    inputs: trainingInputs(recipe, shape),
    step: tabularStep(recipe, shape, pairs),
    state: (random) => initialState(recipe, shape, random, pairs),
    fillData: createDataFiller(table, recipe),
    scaleLearningRate(factor) {
      const learningRate = optimizer.learningRate * factor;
      const slow = { ...recipe, optimizer: { ...optimizer, learningRate } };
      return tabularTraining(table, slow, { context, judge });
    },
    ...(judge && {
      async score(state, target) {
        const weights = generatorWeights(state);
        const { values } = await calibrate(
          table,
          ganLogits(recipe, shape),
          weights,
          judge.random,
          target,
        );
        return scoreRows(judge.held, values);
      },
    }),
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
