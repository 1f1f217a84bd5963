import {
  add,
  div,
  mul,
  pow,
  type Scalar,
  scalar,
  sqrt,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../../compute/tensor.js';
import type { AdamOptions } from './options.js';

const first = 'adam/first/';
const second = 'adam/second/';

/** Adam's state for some parameters; `name` keeps the step counts of several optimisers apart. */
export function createAdam(name: string, parameters: HostTensors): HostTensors {
  const state: HostTensors = { [`adam/step/${name}`]: hostTensor([]) };
  for (const [parameter, { shape }] of Object.entries(parameters)) {
    state[first + parameter] = hostTensor(shape);
    state[second + parameter] = hostTensor(shape);
  }
  return state;
}

/**
 * One update of the parameters named in `gradients`: their new values and Adam's new state.
 *
 * The state holds the decayed sums of gradients and of their squares; what makes means of them goes
 * into the rate and epsilon, which are single numbers. Ten passes over a parameter are left.
 *
 * @param schedule What the learning rate is multiplied by. Default 1.
 */
export function adam(
  name: string,
  state: Tensors,
  gradients: Tensors,
  { learningRate, betas: [beta1, beta2], epsilon = 1e-8, decay = 0 }: AdamOptions,
  schedule?: Scalar,
): Tensors {
  const count = add(state[`adam/step/${name}`] as Tensor, 1);
  const firstScale = div(1 - beta1, sub(1, pow(scalar(beta1), count)));
  const secondScale = sqrt(div(1 - beta2, sub(1, pow(scalar(beta2), count))));
  const constant = mul(learningRate, div(firstScale, secondScale));
  const rate = schedule ? mul(constant, schedule) : constant;
  const floor = div(epsilon, secondScale);
  const next: Tensors = { [`adam/step/${name}`]: count };
  for (const [parameter, raw] of Object.entries(gradients)) {
    const value = state[parameter] as Tensor;
    const gradient = decay > 0 ? add(raw, mul(value, decay)) : raw;
    const sum = add(mul(state[first + parameter] as Tensor, beta1), gradient);
    const squares = add(mul(state[second + parameter] as Tensor, beta2), square(gradient));
    next[first + parameter] = sum;
    next[second + parameter] = squares;
    next[parameter] = sub(value, mul(div(sum, add(sqrt(squares), floor)), rate));
  }
  return next;
}
