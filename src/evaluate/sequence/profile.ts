import type { NumericColumn, Sequences } from '../../columns/column.js';
import { quantileOf } from '../../columns/statistics.js';

/** How the numbers of a series are spread at each step, counted from the first. */
export interface SeriesProfile {
  /** Numbers of steps, from 0. */
  readonly steps: readonly number[];
  /** A tenth of the numbers are lower. */
  readonly low: readonly number[];
  /** Half of them are. */
  readonly middle: readonly number[];
  /** Nine tenths of them are. */
  readonly high: readonly number[];
}

/** Steps that a profile has, at most. */
const mostSteps = 48;

/** Numbers that a step needs, or it is left out. */
const leastNumbers = 5;

/** Quantiles of a series at up to 48 steps that lie evenly over the longest sequence. */
export function profileOf(
  { values }: NumericColumn,
  { offsets }: Pick<Sequences, 'offsets'>,
): SeriesProfile {
  const longest = offsets.reduce(
    (most, end, row) => (row === 0 ? 0 : Math.max(most, end - (offsets[row - 1] as number))),
    0,
  );
  const count = Math.min(longest, mostSteps);
  const places = Array.from({ length: count }, (_, k) => Math.floor((k * longest) / count));
  const shown = places.flatMap((step) => {
    const numbers = numbersAt(values, offsets, step);
    if (numbers.length < leastNumbers) return [];
    return [{ step, quantiles: [0.1, 0.5, 0.9].map((share) => quantileOf(numbers, share)) }];
  });
  const at = (k: number) => shown.map(({ quantiles }) => quantiles[k] as number);
  return { steps: shown.map(({ step }) => step), low: at(0), middle: at(1), high: at(2) };
}

function numbersAt(values: Float64Array, offsets: Int32Array, step: number): Float64Array {
  const numbers: number[] = [];
  for (let row = 0; row + 1 < offsets.length; row++) {
    const place = (offsets[row] as number) + step;
    const value = values[place] as number;
    if (place < (offsets[row + 1] as number) && !Number.isNaN(value)) numbers.push(value);
  }
  return Float64Array.from(numbers).sort();
}
