import {
  add,
  concat,
  customGrad,
  div,
  exp,
  type GradSaveFunc,
  log,
  matMul,
  max,
  mul,
  slice,
  sub,
  type Tensor,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';

/**
 * Adjacent spans of columns of a matrix, worked on all at once: a sum over each span is one
 * product with a constant 0/1 matrix.
 */
export interface Segments {
  /** Columns of each span, left to right; they cover the matrix. */
  readonly widths: readonly number[];
  /** [columns, spans], 1 where the column belongs to the span. */
  readonly membership: Tensor2D;
}

export function createSegments(widths: readonly number[]): Segments {
  const columns = widths.reduce((sum, width) => sum + width, 0);
  const values = new Float32Array(columns * widths.length);
  let column = 0;
  widths.forEach((width, span) => {
    for (let k = 0; k < width; k++) values[column++ * widths.length + span] = 1;
  });
  return { widths, membership: tensor2d(values, [columns, widths.length]) };
}

/** Sums over each span: [rows, columns] → [rows, spans]. */
export function sumSegments({ membership }: Segments, x: Tensor2D): Tensor2D {
  return matMul(x, membership);
}

/** Repeats each span's number over its columns: [rows, spans] → [rows, columns]. */
export function spreadSegments({ membership }: Segments, x: Tensor2D): Tensor2D {
  return matMul(x, membership, false, true);
}

/** Largest number of each span: [rows, columns] → [rows, spans]. No gradient goes through it. */
function maximum({ widths }: Segments, x: Tensor2D): Tensor2D {
  let start = 0;
  const maxima = widths.map((width) => {
    const span = slice(x, [0, start], [x.shape[0], width]);
    start += width;
    return max(span, 1, true) as Tensor2D;
  });
  return concat(maxima, 1);
}

/** Each span less its own maximum, so that a span far below the others does not underflow. */
function exponentials(segments: Segments, x: Tensor2D) {
  const maxima = maximum(segments, x);
  const values = exp(sub(x, spreadSegments(segments, maxima))) as Tensor2D;
  return { maxima, values, sums: sumSegments(segments, values) };
}

function normalise(segments: Segments, x: Tensor2D): Tensor2D {
  const { values, sums } = exponentials(segments, x);
  return mul(values, spreadSegments(segments, div(1, sums)));
}

/** Softmax over each span. It can be differentiated once. */
export function softmaxSegments(segments: Segments, x: Tensor2D): Tensor2D {
  const withGradient = customGrad((input, save) => {
    const y = normalise(segments, input as Tensor2D);
    (save as GradSaveFunc)([y, segments.membership]);
    const gradFunc = (dy: Tensor, [output, membership]: Tensor[]) => {
      const kept = { ...segments, membership: membership as Tensor2D };
      const weighted = mul<Tensor2D>(output as Tensor2D, dy);
      const sums = spreadSegments(kept, sumSegments(kept, weighted));
      return sub(weighted, mul(output as Tensor2D, sums));
    };
    return { value: y, gradFunc };
  });
  return withGradient(x) as Tensor2D;
}

/** log Σ exp over each span: [rows, columns] → [rows, spans]. It can be differentiated once. */
export function logSumExpSegments(segments: Segments, x: Tensor2D): Tensor2D {
  const withGradient = customGrad((input, save) => {
    const { maxima, values, sums } = exponentials(segments, input as Tensor2D);
    (save as GradSaveFunc)([values, sums, segments.membership]);
    const gradFunc = (dy: Tensor, [numerators, denominators, membership]: Tensor[]) => {
      const kept = { ...segments, membership: membership as Tensor2D };
      const shares = div<Tensor2D>(dy, denominators as Tensor2D);
      return mul(numerators as Tensor2D, spreadSegments(kept, shares));
    };
    return { value: add(maxima, log(sums)), gradFunc };
  });
  return withGradient(x) as Tensor2D;
}
