import type { Points, RowSpace } from './row-space.js';

/**
 * The distance of two points: 1 for each category that differs, min(|Δ|, 1) for each number; a null is
 * 1 from any value, and at null. At `most` or beyond, any number from there on.
 */
export function distanceOf(
  { width, categories }: RowSpace,
  a: Points,
  rowA: number,
  b: Points,
  rowB: number,
  most = Number.POSITIVE_INFINITY,
): number {
  const [from, to] = [rowA * width, rowB * width];
  let sum = 0;
  for (let k = 0; k < categories && sum < most; k++) {
    const [x, y] = [a.cells[from + k] as number, b.cells[to + k] as number];
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) sum++;
  }
  for (let k = categories; k < width && sum < most; k++) {
    const [x, y] = [a.cells[from + k] as number, b.cells[to + k] as number];
    const gap = Math.abs(x - y);
    if (gap >= 0) sum += Math.min(gap, 1);
    else if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) sum++;
  }
  return sum;
}
