import { assertGiven } from '../../options/given.js';
import type { TensorValues } from './elements.js';
import { type TensorLayout, tensorSize } from './layout.js';

/**
 * The numbers of one tensor in another order of its dimensions, as a copy.
 *
 * Dimension i of the result is dimension `permutation[i]` of `values`: [2, 0, 1] turns an image of
 * shape [height, width, channels] into [channels, height, width].
 */
export function permuteTensor<Values extends TensorValues>(
  values: Values,
  shape: readonly number[],
  permutation: readonly number[],
): Values {
  assertGiven(values, 'values', 'the numbers of a tensor');
  assertGiven(shape, 'shape', 'an array of numbers');
  assertGiven(permutation, 'permutation', 'an array of numbers');
  const strides = stridesOf(shape);
  const lengths = permutation.map((dimension) => shape[dimension] as number);
  const steps = permutation.map((dimension) => strides[dimension] as number);
  const target = new (values.constructor as new (length: number) => Values)(tensorSize(shape));
  const index = lengths.map(() => 0);
  let from = 0;
  for (let to = 0; to < target.length; to++) {
    target[to] = values[from] as number & bigint;
    // Counts up like the digits of a number, the last dimension first.
    for (let dimension = lengths.length - 1; dimension >= 0; dimension--) {
      const step = steps[dimension] as number;
      const next = (index[dimension] as number) + 1;
      from += step;
      index[dimension] = next;
      if (next < (lengths[dimension] as number)) break;
      from -= next * step;
      index[dimension] = 0;
    }
  }
  return target;
}

/** The shape that is meant: that of memory, in the order that the permutation says. */
export function logicalShape({ shape, permutation }: TensorLayout): readonly number[] {
  return permutation ? permutation.map((dimension) => shape[dimension] as number) : shape;
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, dimension) => tensorSize(shape.slice(dimension + 1)));
}
