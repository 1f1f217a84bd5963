import type { Random } from '../../random.js';

/** Rows of a source for each row of the sample, up to which rows are drawn one by one. */
const dense = 64;
/** Runs of rows that a sample is drawn in, at least. */
const fewestRuns = 500;

/**
 * Numbers of `size` rows, spread evenly over `total` rows: of parts of equal length one row each, at
 * random; ascending. All of them, if there are no more.
 *
 * From sources of more than 64 times as many rows, neighbours are drawn together, so that row groups
 * without one need not be read; in at least 500 runs, so that the sample stands for the whole all the
 * same.
 */
export function spreadRows(total: number, size: number, random: Random): Float64Array {
  if (total <= size) return Float64Array.from({ length: total }, (_, row) => row);
  const longest = Math.max(1, Math.floor(size / fewestRuns));
  const length = Math.min(longest, Math.max(1, Math.ceil(total / (dense * size))));
  const runs = Math.ceil(size / length);
  const numbers = new Float64Array(size);
  for (let run = 0, placed = 0; run < runs; run++) {
    const start = Math.floor((run * total) / runs);
    const end = Math.floor(((run + 1) * total) / runs);
    const rows = Math.min(length, size - placed);
    const first = start + random.integer(end - start - rows + 1);
    for (let row = 0; row < rows; row++) numbers[placed++] = first + row;
  }
  return numbers;
}

/** Numbers of both, ascending, each once. */
export function mergeRows(spread: Float64Array, more: readonly number[]): Float64Array {
  if (more.length === 0) return spread;
  return Float64Array.from(new Set([...spread, ...more])).sort();
}
