import type { HostTensors } from '../../../compute/tensor.js';
import { createEma } from '../../../nn/ema.js';
import { isTrained } from '../../../nn/layers/batch-norm.js';
import { createOptimizer } from '../../../nn/optimizers/optimizer.js';
import { unscope } from '../../../nn/scope.js';
import type { Random } from '../../../random.js';
import type { TensorGan } from './tensor-gan.js';

/** The state before the first step: weights, running statistics, the optimisers' and the average. */
export function initialState(gan: TensorGan, random: Random): HostTensors {
  const { criticOptimizer, generatorOptimizer, emaDecay } = gan.recipe;
  const generator = unscope(gan.generator.create(random.fork('generator')), 'generator/');
  const critic = unscope(gan.critic.create(random.fork('critic')), 'critic/');
  return {
    ...generator,
    ...critic,
    ...createOptimizer('generator', generatorOptimizer, trained(generator)),
    ...createOptimizer('critic', criticOptimizer, trained(critic)),
    ...(emaDecay > 0 ? createEma(generator) : {}),
  };
}

function trained(state: HostTensors): HostTensors {
  return Object.fromEntries(Object.entries(state).filter(([name]) => isTrained(name)));
}
