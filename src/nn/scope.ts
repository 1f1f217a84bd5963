import { keep, type Tensor } from '@tensorflow/tfjs-core';
import { mapEntries, type Tensors } from '../compute/tensor.js';

/** What of some named things has a prefix, by the names without it. */
export function scope<Value>(all: Record<string, Value>, prefix: string): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

/** The same with the prefix before each name. */
export function unscope<Value>(some: Record<string, Value>, prefix: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(some).map(([name, value]) => [prefix + name, value]));
}

/** Keeps tensors that leave a differentiated function, which frees what it made. */
export function keepAll(tensors: Tensors): Tensors {
  return mapEntries(tensors, (tensor: Tensor) => keep(tensor));
}
