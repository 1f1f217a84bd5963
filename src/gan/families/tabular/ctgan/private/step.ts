import {
  add,
  div,
  fill,
  keep,
  mean,
  mul,
  neg,
  reshape,
  type Scalar,
  sigmoid,
  slice,
  softplus,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { mapEntries, type StepFunction, type Tensors } from '../../../../../compute/tensor.js';
import { clippedGradients, runDenseStack } from '../../../../../nn/clipped-gradients.js';
import { gradientsOf, select } from '../../../../../nn/gradients.js';
import { isTrained } from '../../../../../nn/layers/batch-norm.js';
import { adam } from '../../../../../nn/optimizers/adam.js';
import type { RowShape } from '../../shape.js';
import { conditionLoss } from '../condition-loss.js';
import { activateRow, generateLogits } from '../networks.js';
import { followMoments, pairErrors, pairLoss, pairMomentsOf } from '../pairs/match.js';
import type { PairMoments } from '../pairs/moments.js';
import { average, runningPairs } from '../state.js';
import { criticLayers, withCondition } from './critic.js';
import { noiseName } from './inputs.js';
import type { PrivateRecipe } from './recipe.js';

/**
 * One training step: updates of the critic by DP-SGD, then one of the generator, which learns of real
 * rows by the critic alone. The losses are the non-saturating ones (Goodfellow et al. 2014).
 *
 * Nothing but the critic's new weights depends on a real row; its loss is told of made rows alone.
 *
 * @param expectedRows Real rows of an update, about: what the sum of their gradients is divided by.
 */
export function privateStep(
  recipe: PrivateRecipe,
  shape: RowShape,
  expectedRows: number,
  moments?: PairMoments,
): StepFunction {
  const { criticUpdates, emaDecay, pairs } = recipe;
  return (state, inputs) => {
    const condition = inputs.condition as Tensor2D | undefined;
    const given = { latent: inputs.latent as Tensor2D, condition };
    const { logits } = generateLogits(recipe, state, given, true);
    const made = activateRow(recipe, shape, logits, inputs.gumbel as Tensor2D);
    const fakes = withCondition(made, condition);
    const reals = withCondition(
      inputs.real as Tensor2D,
      inputs.realCondition as Tensor2D | undefined,
    );
    let changed = state;
    let loss: Scalar | undefined;
    for (let update = 0; update < criticUpdates; update++) {
      const part = (x: Tensor2D) => partOf(x, update, criticUpdates);
      const rows = {
        fake: part(fakes),
        real: part(reals),
        rowWeights: part(inputs.rowWeights as Tensor2D),
        noise: (name: string) => part(inputs[noiseName(name)] as Tensor2D),
      };
      const critic = updateCritic(recipe, changed, rows, expectedRows);
      changed = { ...changed, ...critic.changes };
      loss = critic.loss;
    }
    const generator = updateGenerator(recipe, shape, changed, inputs, moments);
    changed = { ...changed, ...generator.changes };
    if (moments && pairs) {
      const running = state[runningPairs] as Tensor2D;
      const now = pairMomentsOf(moments, made);
      changed = { ...changed, [runningPairs]: followMoments(running, now, pairs.memory) };
    }
    return {
      state: emaDecay > 0 ? { ...changed, ...average(emaDecay, changed) } : changed,
      outputs: { critic: loss as Scalar, generator: generator.loss },
    };
  };
}

/** The rows of one update of several. */
function partOf(x: Tensor2D, update: number, updates: number): Tensor2D {
  const rows = x.shape[0] / updates;
  return slice(x, [update * rows, 0], [rows, x.shape[1]]);
}

interface CriticRows {
  readonly fake: Tensor2D;
  readonly real: Tensor2D;
  readonly rowWeights: Tensor2D;
  /** The noise of a weight's gradient. */
  readonly noise: (name: string) => Tensor2D;
}

/** Gradients of real and of made rows are clipped alike, so that they weigh alike; the real ones' get noise. */
function updateCritic(
  recipe: PrivateRecipe,
  state: Tensors,
  { fake, real, rowWeights, noise }: CriticRows,
  expectedRows: number,
): { loss: Scalar; changes: Tensors } {
  const { clip, batch, criticOptimizer } = recipe;
  const names = criticLayers(recipe);
  const ofReal = runDenseStack(state, names, real);
  const ofFake = runDenseStack(state, names, fake);
  const wantsReal = neg(sigmoid(neg(ofReal.scores))) as Tensor2D;
  const wantsFake = sigmoid(ofFake.scores) as Tensor2D;
  const even = fill([batch, 1], 1 / batch) as Tensor2D;
  const fakes = clippedGradients(state, names, ofFake, wantsFake, even, clip);
  const reals = clippedGradients(state, names, ofReal, wantsReal, rowWeights, clip);
  const gradients = mapEntries(reals.gradients, (cut, name) => {
    const noisy = add(cut, reshape(noise(name), cut.shape));
    return add(div(noisy, expectedRows), fakes.gradients[name] as Tensor);
  });
  return {
    loss: mean(softplus(ofFake.scores)),
    changes: adam('critic', state, gradients, criticOptimizer),
  };
}

function updateGenerator(
  recipe: PrivateRecipe,
  shape: RowShape,
  state: Tensors,
  inputs: Tensors,
  moments?: PairMoments,
): { loss: Scalar; changes: Tensors } {
  const errors = moments && pairErrors(moments, state[runningPairs] as Tensor2D);
  const condition = inputs.generatorCondition as Tensor2D | undefined;
  const given = { latent: inputs.generatorLatent as Tensor2D, condition };
  let statistics: Tensors = {};
  const { value: loss, gradients } = gradientsOf(
    select(state, 'generator/', isTrained),
    (weights) => {
      const { logits, updates } = generateLogits(recipe, { ...state, ...weights }, given, true);
      // They leave the scope of the differentiated function, which frees what it made.
      statistics = mapEntries(updates, (update) => keep(update));
      const rows = activateRow(recipe, shape, logits, inputs.generatorGumbel as Tensor2D);
      const { scores } = runDenseStack(state, criticLayers(recipe), withCondition(rows, condition));
      let loss = mean(softplus(neg(scores))) as Scalar;
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
