import type { Scalar } from '@tensorflow/tfjs-core';
import type { HostTensors, Tensors } from '../../compute/tensor.js';
import { adam, createAdam } from './adam.js';
import type { Optimizer } from './options.js';
import { createRmsprop, rmsprop } from './rmsprop.js';

/** An optimiser's state for some parameters; `name` keeps several optimisers apart. */
export function createOptimizer(
  name: string,
  { kind }: Optimizer,
  parameters: HostTensors,
): HostTensors {
  return kind === 'adam' ? createAdam(name, parameters) : createRmsprop(parameters);
}

/**
 * One update of the parameters named in `gradients`: their new values and the optimiser's state.
 *
 * @param schedule What the learning rate is multiplied by. Default 1.
 */
export function optimize(
  name: string,
  optimizer: Optimizer,
  state: Tensors,
  gradients: Tensors,
  schedule?: Scalar,
): Tensors {
  return optimizer.kind === 'adam'
    ? adam(name, state, gradients, optimizer, schedule)
    : rmsprop(state, gradients, optimizer, schedule);
}
