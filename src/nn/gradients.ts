import { type Scalar, type Tensor, valueAndGrads } from '@tensorflow/tfjs-core';
import type { Tensors } from '../compute/tensor.js';

/** Value of a loss of named parameters, and its gradient by each of them. */
export function gradientsOf(
  parameters: Tensors,
  loss: (parameters: Tensors) => Scalar,
): { value: Scalar; gradients: Tensors } {
  const names = Object.keys(parameters);
  const named = (tensors: readonly Tensor[]) =>
    Object.fromEntries(names.map((name, k) => [name, tensors[k] as Tensor]));
  const { value, grads } = valueAndGrads((...tensors: Tensor[]) => loss(named(tensors)))(
    Object.values(parameters),
  );
  return { value: value as Scalar, gradients: named(grads) };
}

/** The tensors of a state whose name starts with `prefix` and passes `keep`. */
export function select(
  state: Tensors,
  prefix: string,
  keep: (name: string) => boolean = () => true,
): Tensors {
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => name.startsWith(prefix) && keep(name)),
  );
}
