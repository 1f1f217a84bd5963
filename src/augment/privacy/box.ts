import type { Points, RowSpace } from './row-space.js';

/** Where the numbers of some points lie. */
export interface Box {
  /** For each number; of nulls alone the lowest is above the highest. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** 1 where some are null. */
  readonly nulls: Uint8Array;
}

export function boxOf({ width, categories }: RowSpace, { cells }: Points, rows: Int32Array): Box {
  const numbers = width - categories;
  const lowest = new Float64Array(numbers).fill(Number.POSITIVE_INFINITY);
  const highest = new Float64Array(numbers).fill(Number.NEGATIVE_INFINITY);
  const nulls = new Uint8Array(numbers);
  for (const row of rows) {
    const from = row * width + categories;
    for (let k = 0; k < numbers; k++) {
      const value = cells[from + k] as number;
      if (Number.isNaN(value)) nulls[k] = 1;
      if (value < (lowest[k] as number)) lowest[k] = value;
      if (value > (highest[k] as number)) highest[k] = value;
    }
  }
  return { lowest, highest, nulls };
}

/** The least distance, in numbers alone, that a point can have to any point of a box. */
export function boxDistance(
  { width, categories }: RowSpace,
  { cells }: Points,
  row: number,
  { lowest, highest, nulls }: Box,
): number {
  const from = row * width + categories;
  let sum = 0;
  for (let k = 0; k < lowest.length; k++) {
    const value = cells[from + k] as number;
    const [low, high] = [lowest[k] as number, highest[k] as number];
    if (value < low) sum += Math.min(low - value, 1);
    else if (value > high) sum += Math.min(value - high, 1);
    else if (Number.isNaN(value) && !nulls[k]) sum++;
  }
  return sum;
}
