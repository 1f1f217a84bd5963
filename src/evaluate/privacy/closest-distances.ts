import type { Column, Rows } from '../../columns/column.js';
import { countCodes } from '../../columns/count-codes.js';
import { rangeOf } from '../fidelity/coverage.js';

/**
 * The distance of each row to the closest one of a reference (DCR), in [0, 1]: the mean over the
 * columns of min(|Δ| / range, 1) for numbers and of 0 or 1 for categories; a null is as far as can be
 * from any value, and at null.
 *
 * Work grows with rows × reference rows × columns: draw samples of big tables first.
 *
 * @param ranged rows that the ranges of numbers are taken from. Default: the reference.
 */
export function closestDistances(
  rows: Rows,
  reference: Rows,
  ranged: Rows = reference,
): Float64Array {
  const scales = ranged.columns.map(scaleOf);
  const order = placeColumns(reference);
  const queries = packRows(rows, scales, order);
  const others = sortRows(packRows(reference, scales, order));
  const { cells, width, categories } = others;
  const closest = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const from = row * width;
    let best = Number.POSITIVE_INFINITY;
    const look = (other: number) => {
      let sum = 0;
      for (let k = 0; k < categories && sum < best; k++) {
        if (queries.cells[from + k] !== cells[other + k]) sum++;
      }
      for (let k = categories; k < width && sum < best; k++) {
        sum += cellDistance(queries.cells[from + k] as number, cells[other + k] as number);
      }
      if (sum < best) best = sum;
    };
    // Rows alike lie together: looked at first, they let most others be dropped at a glance.
    const start = findRow(others, queries.cells, from) * width;
    for (let other = start; other < cells.length && best > 0; other += width) look(other);
    for (let other = start - width; other >= 0 && best > 0; other -= width) look(other);
    closest[row] = best / width;
  }
  return closest;
}

function cellDistance(a: number, b: number): number {
  const distance = Math.abs(a - b);
  if (distance >= 0) return Math.min(distance, 1);
  // One is null, or both are.
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) ? 0 : 1;
}

interface Packed {
  /** Row-major: codes of the categories, then scaled numbers. */
  readonly cells: Float64Array;
  readonly width: number;
  readonly categories: number;
}

/** The order of the columns in packed rows: categories, the most telling first, then numbers. */
function placeColumns({ columns, length }: Rows): number[] {
  const alike = columns.map((column) => {
    if (column.kind === 'numeric') return 1;
    const { counts } = countCodes(column.codes, column.levels.length);
    return counts.reduce((sum, count) => sum + (count / length) ** 2, 0);
  });
  const isNumber = (k: number) => +(columns[k]?.kind === 'numeric');
  return [...columns.keys()].sort(
    (a, b) => isNumber(a) - isNumber(b) || (alike[a] as number) - (alike[b] as number) || a - b,
  );
}

function packRows(
  { length, columns }: Rows,
  scales: readonly Scale[],
  order: readonly number[],
): Packed {
  const width = columns.length;
  const cells = new Float64Array(length * width);
  for (const [place, k] of order.entries()) {
    const column = columns[k] as Column;
    const own = column.kind === 'categorical' ? column.codes : column.values;
    const { origin, factor } = scales[k] as Scale;
    for (let row = 0; row < length; row++) {
      cells[row * width + place] = ((own[row] as number) - origin) * factor;
    }
  }
  return { cells, width, categories: columns.filter(({ kind }) => kind === 'categorical').length };
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

interface Scale {
  readonly origin: number;
  readonly factor: number;
}

/** One over the range; of numbers that do not vary, so much that any difference counts in full. */
function scaleOf(column: Column): Scale {
  if (column.kind === 'categorical') return { origin: 0, factor: 1 };
  const { lowest, highest } = rangeOf(column.values);
  const range = highest - lowest;
  if (!Number.isFinite(range)) return { origin: 0, factor: 1 };
  return { origin: lowest, factor: range > 0 ? 1 / range : 1e300 };
}
