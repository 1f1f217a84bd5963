import { add, div, mul, type Scalar, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { RmspropOptions } from './options.js';

const squares = 'rmsprop/squares/';

/** RMSprop's state for some parameters. */
export function createRmsprop(parameters: HostTensors): HostTensors {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [squares + name, hostTensor(shape)]),
  );
}

/**
 * One update of the parameters named in `gradients`: their new values and RMSprop's new state.
 *
 * @param schedule What the learning rate is multiplied by. Default 1.
 */
export function rmsprop(
  state: Tensors,
  gradients: Tensors,
  { learningRate, decayRate = 0.99, epsilon = 1e-8 }: RmspropOptions,
  schedule?: Scalar,
): Tensors {
  const rate = schedule ? mul(schedule, learningRate) : learningRate;
  const next: Tensors = {};
  for (const [name, gradient] of Object.entries(gradients)) {
    const before = state[squares + name] as Tensor;
    const mean = add(mul(before, decayRate), mul(square(gradient), 1 - decayRate));
    next[squares + name] = mean;
    const change = mul(div(gradient, add(sqrt(mean), epsilon)), rate);
    next[name] = sub(state[name] as Tensor, change);
  }
  return next;
}
