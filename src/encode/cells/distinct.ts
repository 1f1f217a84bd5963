import { DataType, type Vector } from 'apache-arrow';
import { forEachWhole, readFloats, validityOf, wholeRange } from './column-values.js';

/** How many distinct values a float or whole column has, nulls aside; counts to `limit` + 1. */
export function countDistinct(vector: Vector, limit: number): number {
  const seen = new Set<number | bigint>();
  if (DataType.isFloat(vector.type)) {
    const valid = validityOf(vector);
    readFloats(vector).forEach((value, row) => {
      if (seen.size <= limit && valid?.[row] !== 0) seen.add(value);
    });
  } else {
    forEachWhole(vector, (value) => {
      if (seen.size <= limit) seen.add(value);
    });
  }
  return seen.size;
}

/** Whether a whole column without nulls only ever rises, or only ever falls. */
export function isSequence(vector: Vector): boolean {
  let before: number | bigint | undefined;
  let rises = 0;
  let falls = 0;
  forEachWhole(vector, (value) => {
    if (before !== undefined && value > before) rises++;
    if (before !== undefined && value < before) falls++;
    before = value;
  });
  return Math.max(rises, falls) === vector.length - 1;
}

/** Whether a whole column without nulls numbers its rows: all distinct, in a range hardly wider. */
export function isNumbering(vector: Vector): boolean {
  const range = wholeRange(vector);
  if (!range || range.maximum - range.minimum >= 2 * vector.length) return false;
  return countDistinct(vector, vector.length) === vector.length;
}
