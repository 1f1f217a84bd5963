import type { Vector } from 'apache-arrow';
import type { TensorEncoder } from '../../../encode/tensor/encoder.js';
import { DataError } from '../../../errors.js';

/** Pairs of images as numbers in [−1, 1]. */
export interface PairSource {
  readonly count: number;
  /** The image that is read, into `target` from place `to`. */
  fillSource(index: number, target: Float32Array, to: number): void;
  /** The image that is to be made. */
  fillTruth(index: number, target: Float32Array, to: number): void;
}

/**
 * The pairs of two columns: the rows that have both images.
 *
 * @throws DataError for fewer than two.
 */
export function readPairs(
  [from, to]: readonly [TensorEncoder, TensorEncoder],
  [sources, truths]: readonly [Vector, Vector],
): PairSource {
  const [source, truth] = [from.read(sources), to.read(truths)];
  const placeOf = new Map(Array.from(truth.rows, (row, place) => [row, place]));
  const pairs = Array.from(source.rows).flatMap((row, place) => {
    const other = placeOf.get(row);
    return other === undefined ? [] : [{ source: place, truth: other }];
  });
  if (pairs.length < 2) {
    throw new DataError(`training needs at least 2 rows with both images: ${pairs.length}`);
  }
  return {
    count: pairs.length,
    fillSource: (index, target, at) => source.fill(pairs[index]?.source as number, target, at),
    fillTruth: (index, target, at) => truth.fill(pairs[index]?.truth as number, target, at),
  };
}
