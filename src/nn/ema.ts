import { add, div, minimum, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import { type HostTensors, hostTensor, type Tensors } from '../compute/tensor.js';

const prefix = 'average/';
const counter = 'average step';

/** The state of a running average of some tensors: it begins with the tensors themselves. */
export function createEma(tensors: HostTensors): HostTensors {
  const copies = Object.entries(tensors).map(([name, tensor]) => [
    prefix + name,
    { ...tensor, values: tensor.values.slice() },
  ]);
  return { ...Object.fromEntries(copies), [counter]: hostTensor([]) };
}

/**
 * Moves a running average (Yaz et al. 2019) towards the tensors: it keeps a share of `decay` of what
 * it was; in the first steps less, so that the start is soon forgotten.
 */
export function updateEma(state: Tensors, tensors: Tensors, decay: number): Tensors {
  const step = add(state[counter] as Tensor, 1);
  const kept = minimum(decay, div(step, add(step, 9)));
  const next: Tensors = { [counter]: step };
  for (const [name, tensor] of Object.entries(tensors)) {
    const before = state[prefix + name] as Tensor;
    next[prefix + name] = add(tensor, mul(sub(before, tensor), kept));
  }
  return next;
}

/** The averages of a state by the names of what they are of; undefined if there are none. */
export function readEma(state: HostTensors): HostTensors | undefined {
  const averages = Object.entries(state).filter(([name]) => name.startsWith(prefix));
  if (averages.length === 0) return undefined;
  return Object.fromEntries(averages.map(([name, x]) => [name.slice(prefix.length), x]));
}
