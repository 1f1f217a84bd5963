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
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { mapEntries, type StepFunction, type Tensors } from '../../../../compute/tensor.js';
import { gradientsOf, select } from '../../../../nn/gradients.js';
import { isTrained } from '../../../../nn/layers/batch-norm.js';
import { adam } from '../../../../nn/optimizers/adam.js';
import type { RowShape } from '../shape.js';
import { conditionLoss } from './condition-loss.js';
import { criticise, firstLayer, packRows } from './critic.js';
import { dropoutNames } from './inputs.js';
import { activateRow, generateLogits } from './networks.js';
import { followMoments, pairErrors, pairLoss, pairMomentsOf } from './pairs/match.js';
import type { PairMoments } from './pairs/moments.js';
import { penaltyBetween } from './penalty.js';
import type { TabularRecipe } from './recipe.js';
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
      state: recipe.emaDecay > 0 ? { ...changes, ...average(recipe.emaDecay, changes) } : changes,
      outputs: { critic: critic.loss, generator: generator.loss },
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
  const { logits } = generateLogits(recipe, state, { latent, condition }, true);
  const rows = activateRow(recipe, shape, logits, inputs.gumbel as Tensor2D);
  const real = inputs.real as Tensor2D;
  const realCondition = inputs.realCondition as Tensor2D | undefined;
  const conditions = condition && concat([realCondition as Tensor2D, condition], 0);
  const both = packRows(recipe, concat([real, rows], 0), conditions);
  const packs = both.rows.shape[0] / 2;
  const halves = (x: Tensor2D) =>
    [0, packs].map((start) => slice(x, [start, 0], [packs, x.shape[1]])) as [Tensor2D, Tensor2D];

  const { value: loss, gradients } = gradientsOf(select(state, 'critic/'), (weights) => {
    const first = firstLayer(recipe, weights, both);
    const dropouts = dropoutsOf(recipe, inputs, 'critic');
    const [realScore, fakeScore] = halves(criticise(recipe, weights, first, dropouts));
    const penalty = penaltyBetween(
      recipe,
      weights,
      halves(first),
      inputs.interpolation as Tensor2D,
      dropoutsOf(recipe, inputs, 'penalty'),
    );
    const distance = sub(mean(fakeScore), mean(realScore));
    return add(distance, mul(penalty, recipe.gradientPenalty));
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
  const input = { latent: inputs.generatorLatent as Tensor2D, condition };
  let statistics: Tensors = {};
  const errors = moments && pairErrors(moments, state[runningPairs] as Tensor2D);

  const { value: loss, gradients } = gradientsOf(
    select(state, 'generator/', isTrained),
    (weights) => {
      const { logits, updates } = generateLogits(recipe, { ...state, ...weights }, input, true);
      // They leave the scope of the differentiated function, which frees what it made.
      statistics = mapEntries(updates, (update) => keep(update));
      const rows = activateRow(recipe, shape, logits, inputs.generatorGumbel as Tensor2D);
      const first = firstLayer(recipe, state, packRows(recipe, rows, condition));
      const dropouts = dropoutsOf(recipe, inputs, 'generatorCritic');
      let loss = neg(mean(criticise(recipe, state, first, dropouts))) as Scalar;
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

function dropoutsOf(recipe: TabularRecipe, inputs: Tensors, use: DropoutUse): Tensor2D[] {
  return dropoutNames(recipe, use).map((name) => inputs[name] as Tensor2D);
}

type DropoutUse = Parameters<typeof dropoutNames>[1];
