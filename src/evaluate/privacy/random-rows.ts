import { type Column, countNulls, type Rows } from '../../columns/column.js';
import { countCodes } from '../../columns/count-codes.js';
import type { Random } from '../../random.js';
import { rangeOf } from '../fidelity/coverage.js';

/**
 * Rows that know nothing but ranges and levels: each cell uniform, independent of the others, null
 * as often as in the given rows. Numbers that are all whole stay whole.
 */
export function randomRows({ length, columns }: Rows, rows: number, random: Random): Rows {
  return {
    length: rows,
    columns: columns.map((column, k) => {
      const own = random.fork(k);
      const isNull = countNulls(column) / length;
      return randomColumn(column, rows, () => own.uniform() < isNull, own);
    }),
  };
}

function randomColumn(column: Column, rows: number, isNull: () => boolean, random: Random): Column {
  if (column.kind === 'categorical') {
    const { counts } = countCodes(column.codes, column.levels.length);
    const present = Array.from(counts.keys()).filter((code) => counts[code] !== 0);
    const codes = Int32Array.from({ length: rows }, () => {
      const code = present[random.integer(Math.max(1, present.length))] ?? -1;
      return isNull() ? -1 : code;
    });
    return { ...column, codes };
  }
  const { lowest, highest } = rangeOf(column.values);
  const isWhole = column.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  const draw = isWhole
    ? () => lowest + Math.floor(random.uniform() * (highest - lowest + 1))
    : () => lowest + random.uniform() * (highest - lowest);
  const values = Float64Array.from({ length: rows }, () => {
    const value = draw();
    return isNull() ? Number.NaN : value;
  });
  return { ...column, values };
}
