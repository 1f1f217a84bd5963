import type { Rows } from '../../columns/column.js';
import { cellDistance, type Packed, packingOf, packRows } from './gower.js';

/**
 * The distance of each row to the closest one of a reference (DCR), in [0, 1]: Gower's, the mean over
 * the columns of min(|Δ| / range, 1) for numbers and of 0 or 1 for categories; a null is as far as can
 * be from any value, and at null.
 *
 * Work grows with rows × reference rows × columns: draw samples of big tables first.
 *
 * @param ranged rows that the ranges of numbers are taken from. Default: the reference.
 */
export function closestDistances(rows: Rows, reference: Rows, ranged?: Rows): Float64Array {
  return nearestDistances(rows, reference, 1, ranged);
}

/**
 * The distances of each row to its `count` closest ones of a reference, [rows, count], the closest
 * first; infinite where the reference has fewer rows.
 *
 * Source: Gower 1971, A general coefficient of similarity.
 */
export function nearestDistances(
  rows: Rows,
  reference: Rows,
  count: number,
  ranged: Rows = reference,
): Float64Array {
  const packing = packingOf(reference, ranged);
  const queries = packRows(rows, packing);
  const others = sortRows(packRows(reference, packing));
  const { cells, width, categories } = others;
  const closest = new Float64Array(rows.length * count);
  const best = new Float64Array(count);
  for (let row = 0; row < rows.length; row++) {
    const from = row * width;
    best.fill(Number.POSITIVE_INFINITY);
    let worst = Number.POSITIVE_INFINITY;
    const look = (other: number) => {
      let sum = 0;
      for (let k = 0; k < categories && sum < worst; k++) {
        if (queries.cells[from + k] !== cells[other + k]) sum++;
      }
      for (let k = categories; k < width && sum < worst; k++) {
        sum += cellDistance(queries.cells[from + k] as number, cells[other + k] as number);
      }
      if (sum < worst) worst = insert(best, sum);
    };
    // Rows alike lie together: looked at first, they let most others be dropped at a glance.
    const start = findRow(others, queries.cells, from) * width;
    for (let other = start; other < cells.length && worst > 0; other += width) look(other);
    for (let other = start - width; other >= 0 && worst > 0; other -= width) look(other);
    for (let k = 0; k < count; k++) closest[row * count + k] = (best[k] as number) / width;
  }
  return closest;
}

/** Puts a distance among the smallest so far, in order. @returns The largest of them. */
function insert(best: Float64Array, distance: number): number {
  let place = best.length - 1;
  while (place > 0 && (best[place - 1] as number) > distance) {
    best[place] = best[place - 1] as number;
    place--;
  }
  best[place] = distance;
  return best[best.length - 1] as number;
}

/** The rows by their categories, then their first number. */
function sortRows(packed: Packed): Packed {
  const { cells, width } = packed;
  const rows = Int32Array.from({ length: cells.length / width }, (_, row) => row);
  rows.sort((a, b) => compareRows(packed, cells, a * width, b * width) || a - b);
  const sorted = new Float64Array(cells.length);
  for (const [place, row] of rows.entries()) {
    sorted.set(cells.subarray(row * width, (row + 1) * width), place * width);
  }
  return { ...packed, cells: sorted };
}

/** The first sorted row that is not before another one. */
function findRow(packed: Packed, cells: Float64Array, from: number): number {
  let [low, high] = [0, packed.cells.length / packed.width];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareRows(packed, cells, middle * packed.width, from) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Compares a row of the packed ones with one of other cells; null is after all numbers. */
function compareRows(packed: Packed, cells: Float64Array, first: number, second: number): number {
  const compared = Math.min(packed.categories + 1, packed.width);
  for (let k = 0; k < compared; k++) {
    const [a, b] = [packed.cells[first + k] as number, cells[second + k] as number];
    if (a < b || (Number.isNaN(b) && !Number.isNaN(a))) return -1;
    if (a > b || (Number.isNaN(a) && !Number.isNaN(b))) return 1;
  }
  return 0;
}
