import { add, mean, mul, neg, type Scalar, sub, type Tensor2D } from '@tensorflow/tfjs-core';
import type { StepFunction, Tensors } from '../../../compute/tensor.js';
import { updateEma } from '../../../nn/ema.js';
import { gradientsOf, select } from '../../../nn/gradients.js';
import { isTrained } from '../../../nn/layers/batch-norm.js';
import { adam } from '../../../nn/optimizers/adam.js';
import { keepAll, scope } from '../../../nn/scope.js';
import { gradientPenalty } from '../../losses/gradient-penalty.js';
import { criticise, criticsOf, seenBy } from './critic.js';
import { criticUpdate, generatorUpdate } from './inputs.js';
import { generateSequences, joinSequences } from './networks.js';
import type { SequenceRecipe } from './recipe.js';
import type { SequenceShape } from './shape.js';

/** One training step: an update of the critics, then one of the generator, then of its average. */
export function sequenceStep(recipe: SequenceRecipe, shape: SequenceShape): StepFunction {
  return (state, inputs) => {
    const critic = updateCritics(recipe, shape, state, inputs);
    const afterCritic = { ...state, ...critic.changes };
    const generator = updateGenerator(recipe, shape, afterCritic, inputs);
    const changes = { ...afterCritic, ...generator.changes };
    const average =
      recipe.emaDecay > 0 ? updateEma(changes, select(changes, 'generator/'), recipe.emaDecay) : {};
    return {
      state: { ...changes, ...average },
      outputs: { critic: critic.loss, generator: generator.loss },
    };
  };
}

/** Wasserstein loss with gradient penalty of each critic, on sequences that no generator learns by. */
function updateCritics(
  recipe: SequenceRecipe,
  shape: SequenceShape,
  state: Tensors,
  inputs: Tensors,
): { loss: Scalar; changes: Tensors } {
  const made = generateSequences(recipe, shape, state, scope(inputs, criticUpdate), true);
  const fake = joinSequences(made);
  const { value, gradients } = gradientsOf(select(state, 'critic/'), (weights) => {
    const losses = criticsOf(recipe, shape).map((critic) => {
      const [real, own] = [seenBy(critic, inputs.real as Tensor2D), seenBy(critic, fake)];
      const score = (x: Tensor2D) => criticise(recipe, critic, weights, x);
      const penalty = gradientPenalty(score, real, own, inputs.interpolation as Tensor2D);
      const distance = sub(mean(score(own)), mean(score(real)));
      return mul(add(distance, mul(penalty, recipe.gradientPenalty)), critic.weight) as Scalar;
    });
    return losses.reduce((sum, loss) => add(sum, loss));
  });
  return { loss: value, changes: adam('critic', state, gradients, recipe.criticOptimizer) };
}

function updateGenerator(
  recipe: SequenceRecipe,
  shape: SequenceShape,
  state: Tensors,
  inputs: Tensors,
): { loss: Scalar; changes: Tensors } {
  let statistics: Tensors = {};
  const own = select(state, 'generator/', isTrained);
  const { value, gradients } = gradientsOf(own, (weights) => {
    const noise = scope(inputs, generatorUpdate);
    const made = generateSequences(recipe, shape, { ...state, ...weights }, noise, true);
    // They leave the scope of the differentiated function, which frees what it made.
    statistics = keepAll(made.updates);
    const fake = joinSequences(made);
    const losses = criticsOf(recipe, shape).map((critic) => {
      const score = mean(criticise(recipe, critic, state, seenBy(critic, fake)));
      return mul(neg(score), critic.weight) as Scalar;
    });
    return losses.reduce((sum, loss) => add(sum, loss));
  });
  const changes = adam('generator', state, gradients, recipe.generatorOptimizer);
  return { loss: value, changes: { ...changes, ...statistics } };
}
