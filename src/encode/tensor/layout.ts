import type { Field } from 'apache-arrow';
import { isTensorField, type TensorType, tensorType } from '../../data/tensor/type.js';
import { GanAugmentError } from '../../errors.js';

/** How the tensors of a column lie in memory, beside how networks see them. */
export interface TensorOrder {
  readonly type: TensorType;
  /**
   * Order of memory's dimensions that networks want, channels last; undefined where they lie so
   * already.
   */
  readonly order: readonly number[] | undefined;
}

/** The tensors of a field; undefined if it holds none, or what it says of them is wrong. */
export function readableTensors(field: Field): TensorType | undefined {
  if (!isTensorField(field)) return undefined;
  try {
    return tensorType(field);
  } catch (error) {
    if (GanAugmentError.isInstance(error)) return undefined;
    throw error;
  }
}

/**
 * The order of memory that gives the dimensions `axes` of the tensors as they are meant, one after
 * the other.
 */
export function orderOf(type: TensorType, axes: readonly number[]): TensorOrder {
  const { permutation = type.shape.map((_, axis) => axis) } = type;
  const order = axes.map((axis) => permutation[axis] as number);
  return { type, order: order.every((axis, place) => axis === place) ? undefined : order };
}

/** The order that undoes another. */
export function inverseOrder(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis));
}
