import {
  add,
  concat,
  div,
  matMul,
  mul,
  type Scalar,
  slice,
  sub,
  sum,
  type Tensor2D,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import type { ColumnRange } from './features.js';
import type { PairMoments } from './moments.js';

/** The features of encoded rows, standardised, with a last one that is 1: [rows, features + 1]. */
function featuresOf({ features, mean, scale }: PairMoments, rows: Tensor2D): Tensor2D {
  const columns = ({ start, size }: ColumnRange): Tensor2D =>
    slice(rows, [0, start], [rows.shape[0], size]);
  const numbers = features.numbers.map(({ modes, scalar }) =>
    mul<Tensor2D>(columns(modes), columns({ start: scalar, size: 1 })),
  );
  const raw = concat([...features.plain.map(columns), ...numbers], 1);
  const count = features.count;
  const standard = div<Tensor2D>(
    sub(raw, tensor1d(mean.subarray(0, count))),
    tensor1d(scale.subarray(0, count)),
  );
  return concat([standard, constantOne(rows.shape[0])], 1);
}

const constantOne = (rows: number) => tensor2d(new Float32Array(rows).fill(1), [rows, 1]);

/** Moments of the pairs of features of some rows, the contexts one below the other. */
export function pairMomentsOf(target: PairMoments, rows: Tensor2D): Tensor2D {
  const features = featuresOf(target, rows);
  const [count] = rows.shape;
  const within = target.contexts.map((column) =>
    mul<Tensor2D>(features, slice(rows, [0, column], [count, 1])),
  );
  const stacked = within.length > 0 ? concat(within, 1) : features;
  return div(matMul(stacked, features, true, false), count);
}

/** How far moments are from those of the data. */
export function pairErrors({ moments, features }: PairMoments, found: Tensor2D): Tensor2D {
  const size = features.count + 1;
  return sub(found, tensor2d(moments, [moments.length / size, size]));
}

/**
 * A loss whose gradient takes the rows' moments against the errors, which other rows had: of equal
 * expectation, it is the squared distance of the moments from the data's.
 */
export function pairLoss(target: PairMoments, errors: Tensor2D, rows: Tensor2D): Scalar {
  return sum(mul(errors, pairErrors(target, pairMomentsOf(target, rows))));
}

/** The running mean of moments after those of one more batch. */
export function followMoments(before: Tensor2D, now: Tensor2D, memory: number): Tensor2D {
  return add(mul(before, memory), mul(now, 1 - memory));
}
