import { broadcastTo, clipByValue, greater, type Tensor, where } from '@tensorflow/tfjs-core';
import { mapEntries, type StepFunction, type Tensors } from '../../../compute/tensor.js';
import { updateEma } from '../../../nn/ema.js';
import { gradientsOf, select } from '../../../nn/gradients.js';
import { isTrained } from '../../../nn/layers/batch-norm.js';
import { optimize } from '../../../nn/optimizers/optimizer.js';
import { keepAll, scope, unscope } from '../../../nn/scope.js';
import { criticUpdate, generatorTurn, generatorUpdate } from './inputs.js';
import { criticObjective, generateInTraining, generatorObjective } from './objectives.js';
import type { TensorGan } from './tensor-gan.js';

/** One training step: updates of the critic, then one of the generator, then of its average. */
export function tensorStep(gan: TensorGan): StepFunction {
  const { criticSteps, shareLatent, emaDecay } = gan.recipe;
  return (state, inputs) => {
    let current = state;
    let criticLoss: ReturnType<typeof updateCritic>['loss'] | undefined;
    for (let k = 0; k < criticSteps; k++) {
      const { loss, changes } = updateCritic(gan, current, scope(inputs, criticUpdate(k)));
      current = { ...current, ...changes };
      criticLoss = loss;
    }
    const before = current;
    const own = scope(inputs, generatorUpdate);
    const shared = shareLatent ? scope(inputs, criticUpdate(criticSteps - 1)) : {};
    const generator = updateGenerator(gan, current, { ...shared, ...own });
    current = { ...current, ...generator.changes };
    if (emaDecay > 0) {
      current = { ...current, ...updateEma(current, select(current, 'generator/'), emaDecay) };
    }
    const turn = inputs[generatorTurn];
    return {
      state: turn ? mapEntries(current, (now, name) => chosen(turn, now, before[name])) : current,
      outputs: { critic: criticLoss as never, generator: generator.loss },
    };
  };
}

/** A tensor as it is now where it is the generator's turn, and else as it was before. */
function chosen(turn: Tensor, now: Tensor, before: Tensor | undefined): Tensor {
  if (!before || now === before) return now;
  return where(broadcastTo(greater(turn, 0.5), now.shape), now, before);
}

/** Learns to tell real tensors from fake ones, by which the generator is not trained. */
function updateCritic(gan: TensorGan, state: Tensors, inputs: Tensors) {
  const { weightClip, criticOptimizer } = gan.recipe;
  const fake = generateInTraining(gan, state, inputs).y as Tensor;
  let statistics: Tensors = {};
  const { value, gradients } = gradientsOf(select(state, 'critic/', isTrained), (weights) => {
    const critic = scope({ ...state, ...weights }, 'critic/');
    const { loss, updates } = criticObjective(gan, critic, fake, inputs);
    statistics = keepAll(updates);
    return loss;
  });
  const changes = optimize('critic', criticOptimizer, state, gradients);
  const bounded = (tensor: Tensors[string], name: string) =>
    weightClip > 0 && name in gradients ? clipByValue(tensor, -weightClip, weightClip) : tensor;
  return {
    loss: value,
    changes: { ...mapEntries(changes, bounded), ...unscope(statistics, 'critic/') },
  };
}

/** Learns to make what the critic takes for real. */
function updateGenerator(gan: TensorGan, state: Tensors, inputs: Tensors) {
  const critic = scope(state, 'critic/');
  let statistics: Tensors = {};
  const { value, gradients } = gradientsOf(select(state, 'generator/', isTrained), (weights) => {
    const { y, updates = {} } = generateInTraining(gan, { ...state, ...weights }, inputs);
    const judged = generatorObjective(gan, critic, y as Tensor, inputs);
    statistics = keepAll({
      ...unscope(updates, 'generator/'),
      ...unscope(judged.updates, 'critic/'),
    });
    return judged.loss;
  });
  const changes = optimize('generator', gan.recipe.generatorOptimizer, state, gradients);
  return { loss: value, changes: { ...changes, ...statistics } };
}
