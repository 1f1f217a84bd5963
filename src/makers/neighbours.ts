import type { Column, Rows } from '../columns/column.js';
import { deviationOf } from '../columns/statistics.js';

/** Finds the rows of a table that are closest to one of them, which is not among them. */
export type NeighbourSearch = (row: number) => Int32Array;

/**
 * Squared distances as SMOTE-NC has them, over scaled numbers: (Δ / standard deviation)² for numbers,
 * 1 for other categories, and for null beside a value.
 *
 * @param candidates rows to look among.
 */
export function neighbourSearch(
  rows: Rows,
  candidates: Int32Array,
  neighbours: number,
): NeighbourSearch {
  const cells = rows.columns.map(scaled);
  const isCategory = rows.columns.map(({ kind }) => kind === 'categorical');
  return (row) => {
    const found = new Int32Array(neighbours);
    const distances = new Float64Array(neighbours).fill(Number.POSITIVE_INFINITY);
    let count = 0;
    for (const other of candidates) {
      if (other === row) continue;
      const worst = distances[neighbours - 1] as number;
      let distance = 0;
      for (let k = 0; k < cells.length && distance < worst; k++) {
        const own = cells[k] as Float64Array | Int32Array;
        const [a, b] = [own[row] as number, own[other] as number];
        if (isCategory[k]) distance += a === b ? 0 : 1;
        else {
          const square = (a - b) * (a - b);
          if (square >= 0) distance += square;
          else distance += Number.isNaN(a) && Number.isNaN(b) ? 0 : 1;
        }
      }
      if (distance >= worst) continue;
      let place = neighbours - 1;
      for (; place > 0 && (distances[place - 1] as number) > distance; place--) {
        distances[place] = distances[place - 1] as number;
        found[place] = found[place - 1] as number;
      }
      distances[place] = distance;
      found[place] = other;
      count = Math.min(count + 1, neighbours);
    }
    return found.slice(0, count);
  };
}

function scaled(column: Column): Float64Array | Int32Array {
  if (column.kind === 'categorical') return column.codes;
  const known = column.values.filter(Number.isFinite);
  const deviation = deviationOf([...known]);
  return deviation > 0 ? column.values.map((value) => value / deviation) : column.values;
}
