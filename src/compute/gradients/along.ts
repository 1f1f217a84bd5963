import { add, gather, mul, pad, reshape, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { countsOf, type Mixture, shareOf } from '../mixture.js';

/** Each element of an axis as a weighted sum of elements of x there. */
export function mixAlong(x: Tensor, axis: number, mixture: Mixture): Tensor {
  const size = x.shape[axis] as number;
  const { most, fewest } = countsOf(mixture);
  // Zeros at the end of the axis are what an element without so many shares takes.
  const padded =
    fewest < most
      ? pad(
          x,
          x.shape.map((_, k): [number, number] => [0, k === axis ? 1 : 0]),
        )
      : x;
  const along = x.shape.map((_, k) => (k === axis ? mixture.length : 1));
  const terms = Array.from({ length: most }, (_, k) => {
    const { from, weights } = shareOf(mixture, k, size);
    const taken = gather(padded, tensor1d(from, 'int32'), axis);
    const plain = weights.every((weight) => weight === 1);
    return plain ? taken : mul<Tensor>(taken, reshape(tensor1d(weights), along));
  });
  return terms.reduce((sum, term) => add(sum, term));
}
