import {
  add,
  concat,
  keep,
  mean,
  mul,
  neg,
  type Scalar,
  slice,
  sub,
  sum,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { mapEntries, type StepFunction, type Tensors } from '../../compute/tensor.js';
import { gradientsOf, select } from '../gradients.js';
import { isTrained } from '../layers/batch-norm.js';
import { createSegments, logSumExpSegments, sumSegments } from '../layers/segments.js';
import { gradientPenalty } from '../loss/gradient-penalty.js';
import { adam } from '../optimizer/adam.js';
import { criticise, packRows } from './critic.js';
import { activateRow, generateLogits, joinColumns } from './generator.js';
import { dropoutNames } from './inputs.js';
import { followMoments, pairErrors, pairLoss, pairMomentsOf } from './pairs/match.js';
import type { PairMoments } from './pairs/moments.js';
import type { TabularRecipe } from './recipe.js';
import type { RowShape } from './shape.js';
import { average, runningPairs } from './state.js';

/** One training step: an update of the critic, then one of the generator. */
export function tabularStep(
  recipe: TabularRecipe,
  shape: RowShape,
  moments?: PairMoments,
): StepFunction {
  return (state, inputs) => {
    const critic = updateCritic(recipe, shape, state, inputs, moments);
    const afterCritic = { ...state, ...critic.changes };
    const generator = updateGenerator(recipe, shape, afterCritic, inputs, moments);
    const changes = { ...afterCritic, ...generator.changes };
    return {
      state: recipe.average > 0 ? { ...changes, ...average(recipe.average, changes) } : changes,
      outputs: { criticLoss: critic.loss, generatorLoss: generator.loss },
    };
  };
}

/** Wasserstein loss with gradient penalty, on fake rows that the generator is not trained by. */
function updateCritic(
  recipe: TabularRecipe,
  shape: RowShape,
  state: Tensors,
  inputs: Tensors,
  moments?: PairMoments,
): { loss: Scalar; changes: Tensors } {
  const condition = inputs.condition as Tensor2D | undefined;
  const latent = inputs.latent as Tensor2D;
  const { logits } = generateLogits(recipe, state, joinColumns([latent, condition]), true);
  const rows = activateRow(recipe, shape, logits, inputs.gumbel as Tensor2D);
  const fake = packRows(recipe, joinColumns([rows, condition]));
  const realCondition = inputs.realCondition as Tensor2D | undefined;
  const real = packRows(recipe, joinColumns([inputs.real as Tensor2D, realCondition]));
  const groups = real.shape[0];

  const { value: loss, gradients } = gradientsOf(select(state, 'critic/'), (weights) => {
    const dropouts = dropoutsOf(recipe, inputs, 'critic');
    const scores = criticise(recipe, weights, concat([real, fake], 0), dropouts);
    const realScore = mean(slice(scores, [0, 0], [groups, 1]));
    const fakeScore = mean(slice(scores, [groups, 0], [groups, 1]));
    const between = dropoutsOf(recipe, inputs, 'penalty');
    const penalty = gradientPenalty(
      (x) => criticise(recipe, weights, x, between),
      real,
      fake,
      inputs.interpolation as Tensor2D,
    );
    return add(sub(fakeScore, realScore), mul(penalty, recipe.gradientPenalty));
  });
  const changes = adam('critic', state, gradients, recipe.optimizer);
  if (moments && recipe.pairs) {
    const before = state[runningPairs] as Tensor2D;
    changes[runningPairs] = followMoments(
      before,
      pairMomentsOf(moments, rows),
      recipe.pairs.memory,
    );
  }
  return { loss, changes };
}

function updateGenerator(
  recipe: TabularRecipe,
  shape: RowShape,
  state: Tensors,
  inputs: Tensors,
  moments?: PairMoments,
): { loss: Scalar; changes: Tensors } {
  const condition = inputs.generatorCondition as Tensor2D | undefined;
  const input = joinColumns([inputs.generatorLatent as Tensor2D, condition]);
  let statistics: Tensors = {};
  const errors = moments && pairErrors(moments, state[runningPairs] as Tensor2D);

  const { value: loss, gradients } = gradientsOf(
    select(state, 'generator/', isTrained),
    (weights) => {
      const { logits, updates } = generateLogits(recipe, { ...state, ...weights }, input, true);
      // They leave the scope of the differentiated function, which frees what it made.
      statistics = mapEntries(updates, (update) => keep(update));
      const rows = activateRow(recipe, shape, logits, inputs.generatorGumbel as Tensor2D);
      const packed = packRows(recipe, joinColumns([rows, condition]));
      const dropouts = dropoutsOf(recipe, inputs, 'generatorCritic');
      let loss = neg(mean(criticise(recipe, state, packed, dropouts))) as Scalar;
      if (condition) loss = add(loss, conditionLoss(shape, logits, condition));
      if (moments && errors && recipe.pairs) {
        loss = add(loss, mul(pairLoss(moments, errors, rows), recipe.pairs.weight));
      }
      return loss;
    },
  );
  return {
    loss,
    changes: { ...adam('generator', state, gradients, recipe.optimizer), ...statistics },
  };
}

/** Cross-entropy between the wanted category and the generator's logits for that column. */
function conditionLoss(shape: RowShape, logits: Tensor2D, condition: Tensor2D): Scalar {
  const segments = createSegments(shape.categories);
  const categories = slice(logits, [0, shape.scalars], [logits.shape[0], shape.condition]);
  const chosen = sumSegments(segments, condition);
  const normalizer = sum(mul(chosen, logSumExpSegments(segments, categories)), 1);
  return mean(sub(normalizer, sum(mul(condition, categories), 1)));
}

function dropoutsOf(recipe: TabularRecipe, inputs: Tensors, use: DropoutUse): Tensor2D[] {
  return dropoutNames(recipe, use).map((name) => inputs[name] as Tensor2D);
}

type DropoutUse = Parameters<typeof dropoutNames>[1];
