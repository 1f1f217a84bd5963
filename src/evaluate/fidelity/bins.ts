import { rangeOf } from './coverage.js';

const bins = 10;

/** Edges of 10 equal bins over the range of a column's finite numbers, as NumPy places them. */
export function binEdges(values: Float64Array): Float64Array {
  let { lowest, highest } = rangeOf(values.filter(Number.isFinite));
  if (lowest > highest) [lowest, highest] = [0, 1];
  if (lowest === highest) [lowest, highest] = [lowest - 0.5, highest + 0.5];
  const step = (highest - lowest) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, k) =>
    k === bins ? highest : lowest + k * step,
  );
}

/** What each code of `binNumbers` is below. */
export const binCodes = bins + 2;

/**
 * Numbers as the bins between shared edges: what lies outside goes to the outermost bins, and null
 * has code 11 to itself.
 */
export function binNumbers(values: Float64Array, edges: Float64Array): Int32Array {
  return Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return bins + 1;
    return Math.min(Math.max(edgesUpTo(value, edges), 1), bins);
  });
}

/**
 * The same as SDMetrics' quality report does it: the highest number shares code 11 with null, and
 * infinite numbers with what they are beyond.
 */
export function binNumbersAsSdmetrics(values: Float64Array, edges: Float64Array): Int32Array {
  return Int32Array.from(values, (value) =>
    Number.isNaN(value) ? bins + 1 : edgesUpTo(value, edges),
  );
}

function edgesUpTo(value: number, edges: Float64Array): number {
  let count = 0;
  while (count < edges.length && (edges[count] as number) <= value) count++;
  return count;
}
