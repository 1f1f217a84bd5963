import { type EncodedTable, expandRows } from '../../../../encode/table.js';
import { createAdam } from '../../../../nn/optimizers/adam.js';
import type { Random } from '../../../../random.js';
import type { Training } from '../../../training/training.js';
import { calibrate } from '../calibrate/calibrate.js';
import { generatorWeights } from '../generator-weights.js';
import { scoreRows } from '../score.js';
import { rowShape } from '../shape.js';
import { decoderLogits } from './generator.js';
import { trainingInputs } from './inputs.js';
import { createNetworks } from './networks.js';
import type { VariationalRecipe } from './recipe.js';
import { optimizerName, variationalStep } from './step.js';

/**
 * The networks of a recipe, to be trained on an encoded table.
 *
 * @param judge Rows to judge by, and the stream that judged rows are made with.
 */
export function variationalTraining(
  table: EncodedTable,
  recipe: VariationalRecipe,
  judge?: { readonly held: EncodedTable; readonly random: Random },
): Training {
  const shape = rowShape(table.layout);
  const rows = new Int32Array(recipe.batch);
  return {
    inputs: trainingInputs(recipe, shape),
    step: variationalStep(recipe, shape),
    state(random) {
      const networks = createNetworks(recipe, shape, random);
      return { ...networks, ...createAdam(optimizerName, networks) };
    },
    fillData(feed, random) {
      for (let k = 0; k < rows.length; k++) rows[k] = random.integer(table.rows);
      expandRows(table, rows, feed.real as Float32Array);
    },
    scaleLearningRate(factor) {
      const { optimizer } = recipe;
      const learningRate = optimizer.learningRate * factor;
      const slow = { ...recipe, optimizer: { ...optimizer, learningRate } };
      return variationalTraining(table, slow, judge);
    },
    ...(judge && {
      async score(state, target) {
        const maker = decoderLogits(recipe, shape);
        const weights = generatorWeights(state);
        const { values } = await calibrate(table, maker, weights, judge.random, target);
        return scoreRows(judge.held, values);
      },
    }),
  };
}
