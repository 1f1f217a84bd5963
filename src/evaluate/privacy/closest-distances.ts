import type { Column, Rows } from '../columns/column.js';
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
  const [queries, others] = [packRows(rows, scales), packRows(reference, scales)];
  const { width, categories } = others;
  const closest = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    let best = Number.POSITIVE_INFINITY;
    const from = row * width;
    for (let other = 0; other < others.cells.length && best > 0; other += width) {
      let sum = 0;
      for (let k = 0; k < categories && sum < best; k++) {
        if (queries.cells[from + k] !== others.cells[other + k]) sum++;
      }
      for (let k = categories; k < width && sum < best; k++) {
        sum += cellDistance(queries.cells[from + k] as number, others.cells[other + k] as number);
      }
      if (sum < best) best = sum;
    }
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

function packRows({ length, columns }: Rows, scales: readonly Scale[]): Packed {
  const width = columns.length;
  const isCategory = columns.map(({ kind }) => kind === 'categorical');
  const places = [...columns.keys()];
  const categories = places.filter((k) => isCategory[k]);
  const cells = new Float64Array(length * width);
  for (const [place, k] of [...categories, ...places.filter((k) => !isCategory[k])].entries()) {
    const column = columns[k] as Column;
    const own = column.kind === 'categorical' ? column.codes : column.values;
    const { origin, factor } = scales[k] as Scale;
    for (let row = 0; row < length; row++) {
      cells[row * width + place] = ((own[row] as number) - origin) * factor;
    }
  }
  return { cells, width, categories: categories.length };
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
