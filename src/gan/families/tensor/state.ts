import type { HostTensors } from '../../../compute/tensor.js';
import { createAverage } from '../../../nn/ema.js';
import { isTrained } from '../../../nn/layers/batch-norm.js';
import { createOptimizer } from '../../../nn/optimizers/optimizer.js';
import { unscope } from '../../../nn/scope.js';
import type { Random } from '../../../random.js';
import type { Setup } from './tensor-gan.js';

/** The state before the first step: weights, running statistics, the optimisers' and the average. */
export function initialState(setup: Setup, random: Random): HostTensors {
  const { criticOptimizer, generatorOptimizer, average } = setup.recipe;
  const generator = unscope(setup.generator.create(random.fork('generator')), 'generator/');
  const critic = unscope(setup.critic.create(random.fork('critic')), 'critic/');
  return {
    ...generator,
    ...critic,
    ...createOptimizer('generator', generatorOptimizer, trained(generator)),
    ...createOptimizer('critic', criticOptimizer, trained(critic)),
    ...(average > 0 ? createAverage(generator) : {}),
  };
}

function trained(state: HostTensors): HostTensors {
  return Object.fromEntries(Object.entries(state).filter(([name]) => isTrained(name)));
}
