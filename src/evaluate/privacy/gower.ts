import type { Column, Rows } from '../../columns/column.js';
import { countCodes } from '../../columns/count-codes.js';
import { rangeOf } from '../fidelity/coverage.js';

/** Rows as one matrix, [rows, width], in which Gower's distance is a sum over columns. */
export interface Packed {
  /** Row-major: codes of the categories, then scaled numbers. */
  readonly cells: Float64Array;
  readonly width: number;
  readonly categories: number;
}

/** How the columns of some rows lie in packed ones, and how numbers are scaled. */
export interface Packing {
  /** Places of the columns: categories, the most telling first, then numbers. */
  readonly order: readonly number[];
  readonly scales: readonly Scale[];
}

interface Scale {
  readonly origin: number;
  readonly factor: number;
}

/**
 * How rows are packed.
 *
 * @param ranged Rows that the ranges of numbers are taken from.
 */
export function packingOf(reference: Rows, ranged: Rows): Packing {
  return { order: placeColumns(reference), scales: ranged.columns.map(scaleOf) };
}

export function packRows({ length, columns }: Rows, { order, scales }: Packing): Packed {
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

/** The distance of two scaled numbers, in [0, 1]; a null is 1 from any number, and 0 from a null. */
export function cellDistance(a: number, b: number): number {
  const distance = Math.abs(a - b);
  if (distance >= 0) return Math.min(distance, 1);
  // One is null, or both are.
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) ? 0 : 1;
}

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

/** One over the range; of numbers that do not vary, so much that any difference counts in full. */
function scaleOf(column: Column): Scale {
  if (column.kind === 'categorical') return { origin: 0, factor: 1 };
  const { lowest, highest } = rangeOf(column.values);
  const range = highest - lowest;
  if (!Number.isFinite(range)) return { origin: 0, factor: 1 };
  return { origin: lowest, factor: range > 0 ? 1 / range : 1e300 };
}
