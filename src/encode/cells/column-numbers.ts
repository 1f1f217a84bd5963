import { DataType, type Vector } from 'apache-arrow';
import { readDistances, readFloats, validityOf } from './column-values.js';

/**
 * Numbers of a column of floats, or of whole numbers less `origin`; NaN where null. Those beyond 2^53
 * are rounded.
 */
export function readNumbers(vector: Vector, origin = 0n): Float64Array {
  const isFloat = DataType.isFloat(vector.type);
  const values = isFloat ? readFloats(vector) : readDistances(vector, origin);
  const valid = validityOf(vector);
  return valid ? values.map((value, row) => (valid[row] ? value : Number.NaN)) : values;
}
