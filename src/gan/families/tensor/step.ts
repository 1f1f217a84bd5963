import {
  broadcastTo,
  clipByValue,
  greater,
  type Tensor,
  type Tensor4D,
  where,
} from '@tensorflow/tfjs-core';
import { mapEntries, type StepFunction, type Tensors } from '../../../compute/tensor.js';
import { moveAverage } from '../../../nn/ema.js';
import { gradientsOf, select } from '../../../nn/gradients.js';
import { isTrained } from '../../../nn/layers/batch-norm.js';
import { optimize } from '../../../nn/optimizers/optimizer.js';
import { keepAll, scope, unscope } from '../../../nn/scope.js';
import { criticUpdate, generatorTurn, generatorUpdate } from './inputs.js';
import { criticObjective, generatorObjective, make } from './objectives.js';
import type { Setup } from './tensor-gan.js';

/** One training step: updates of the critic, then one of the generator, then of its average. */
export function imageStep(setup: Setup): StepFunction {
  const { criticSteps, sameLatent, average } = setup.recipe;
  return (state, inputs) => {
    let current = state;
    let criticLoss: ReturnType<typeof updateCritic>['loss'] | undefined;
    for (let k = 0; k < criticSteps; k++) {
      const { loss, changes } = updateCritic(setup, current, scope(inputs, criticUpdate(k)));
      current = { ...current, ...changes };
      criticLoss = loss;
    }
    const before = current;
    const own = scope(inputs, generatorUpdate);
    const shared = sameLatent ? scope(inputs, criticUpdate(criticSteps - 1)) : {};
    const generator = updateGenerator(setup, current, { ...shared, ...own });
    current = { ...current, ...generator.changes };
    if (average > 0) {
      current = { ...current, ...moveAverage(current, select(current, 'generator/'), average) };
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

/** Learns to tell real images from fake ones, by which the generator is not trained. */
function updateCritic(setup: Setup, state: Tensors, inputs: Tensors) {
  const { clip, criticOptimizer } = setup.recipe;
  const fake = make(setup, state, inputs).y as Tensor4D;
  let statistics: Tensors = {};
  const { value, gradients } = gradientsOf(select(state, 'critic/', isTrained), (weights) => {
    const critic = scope({ ...state, ...weights }, 'critic/');
    const { loss, updates } = criticObjective(setup, critic, fake, inputs);
    statistics = keepAll(updates);
    return loss;
  });
  const changes = optimize('critic', criticOptimizer, state, gradients);
  const bounded = (tensor: Tensors[string], name: string) =>
    clip > 0 && name in gradients ? clipByValue(tensor, -clip, clip) : tensor;
  return {
    loss: value,
    changes: { ...mapEntries(changes, bounded), ...unscope(statistics, 'critic/') },
  };
}

/** Learns to make what the critic takes for real. */
function updateGenerator(setup: Setup, state: Tensors, inputs: Tensors) {
  const critic = scope(state, 'critic/');
  let statistics: Tensors = {};
  const { value, gradients } = gradientsOf(select(state, 'generator/', isTrained), (weights) => {
    const { y, updates = {} } = make(setup, { ...state, ...weights }, inputs);
    const judged = generatorObjective(setup, critic, y as Tensor4D, inputs);
    statistics = keepAll({
      ...unscope(updates, 'generator/'),
      ...unscope(judged.updates, 'critic/'),
    });
    return judged.loss;
  });
  const changes = optimize('generator', setup.recipe.generatorOptimizer, state, gradients);
  return { loss: value, changes: { ...changes, ...statistics } };
}
