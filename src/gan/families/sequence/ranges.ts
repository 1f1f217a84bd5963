import { numbersOf, type SequenceTable } from './sequence-table.js';
import type { SequenceShape } from './shape.js';

/** Half widths below this are those of series that do not vary. */
const leastHalf = 1e-6;

/**
 * The range of each series of numbers: the middles of all, then their half widths, which lie in [0, 1],
 * as numbers in [−1, 1]: [rows, 2 · ranged].
 */
export function rangesOf(
  { rows, steps, offsets }: SequenceTable,
  { ranged }: SequenceShape,
): Float32Array {
  const ranges = new Float32Array(rows * 2 * ranged);
  for (const [k, { index, isThere }] of numbersOf(steps.layout).slice(0, ranged).entries()) {
    const values = steps.values[index] as Float32Array;
    for (let row = 0; row < rows; row++) {
      let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let item = offsets[row] as number; item < (offsets[row + 1] as number); item++) {
        if (!isThere(steps.values, item)) continue;
        least = Math.min(least, values[item] as number);
        most = Math.max(most, values[item] as number);
      }
      const at = row * 2 * ranged + k;
      ranges[at] = least <= most ? (least + most) / 2 : 0;
      ranges[at + ranged] = least <= most ? most - least - 1 : -1;
    }
  }
  return ranges;
}

/** Scalars within the whole range → within that of their own series; 0 where it does not vary. */
export function toOwnRange(value: number, middle: number, half: number): number {
  const width = (half + 1) / 2;
  return width < leastHalf ? 0 : Math.max(-1, Math.min(1, (value - middle) / width));
}

/** The other way. */
export function fromOwnRange(value: number, middle: number, half: number): number {
  return Math.max(-1, Math.min(1, middle + (value * (half + 1)) / 2));
}
