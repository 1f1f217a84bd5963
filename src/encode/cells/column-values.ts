import { type Data, DataType, Precision, type Vector } from 'apache-arrow';
import { halfToNumber } from '../../data/tensor/float16.js';

/** A row of a whole type; 64 bits and wider come as bigint. */
type WholeReader = (row: number) => number | bigint;

/** 1 for each valid row and 0 for each null one, or `undefined` where every row is valid. */
export function validityOf(vector: Vector): Uint8Array | undefined {
  if (vector.data.every((data) => data.nullCount === 0 && !hasNullDictionary(data))) return;
  const valid = new Uint8Array(vector.length);
  let row = 0;
  for (const data of vector.data) {
    const nullable = hasNullDictionary(data) ? data.dictionary : undefined;
    for (let i = 0; i < data.length; i++, row++) {
      if (!data.getValid(i)) continue;
      valid[row] = nullable === undefined || nullable.isValid(Number(data.values[i])) ? 1 : 0;
    }
  }
  return valid;
}

/** How many rows are null, also through a null in the dictionary. */
export function nullCountOf(vector: Vector): number {
  return validityOf(vector)?.reduce((nulls, valid) => nulls + 1 - valid, 0) ?? 0;
}

function hasNullDictionary(data: Data): boolean {
  return (data.dictionary?.nullCount ?? 0) > 0;
}

/** Cells of a floating point column; null rows hold whatever lies in the buffer. */
export function readFloats(vector: Vector): Float64Array {
  const target = new Float64Array(vector.length);
  let row = 0;
  for (const data of vector.data) {
    const values = data.values as ArrayLike<number>;
    const half = DataType.isFloat(data.type) && data.type.precision === Precision.HALF;
    for (let i = 0; i < data.length; i++, row++) {
      target[row] = half ? halfToNumber(values[i] as number) : (values[i] as number);
    }
  }
  return target;
}

/**
 * Cells of a whole column as distances from `origin`; null rows hold 0.
 *
 * Each is the float64 nearest to the exact distance: exact up to 2^53.
 */
export function readDistances(vector: Vector, origin: bigint): Float64Array {
  const target = new Float64Array(vector.length);
  const start = Number(origin);
  forEachWhole(vector, (value, row) => {
    target[row] = typeof value === 'number' ? value - start : Number(value - origin);
  });
  return target;
}

/** The lowest and highest cell of a whole column, or `undefined` where every row is null. */
export function wholeRange(vector: Vector): { minimum: bigint; maximum: bigint } | undefined {
  let minimum: number | bigint | undefined;
  let maximum: number | bigint | undefined;
  forEachWhole(vector, (value) => {
    if (minimum === undefined || value < minimum) minimum = value;
    if (maximum === undefined || value > maximum) maximum = value;
  });
  if (minimum === undefined || maximum === undefined) return;
  return { minimum: BigInt(minimum), maximum: BigInt(maximum) };
}

/** Calls `visit` with each valid cell of a whole column. */
export function forEachWhole(
  vector: Vector,
  visit: (value: number | bigint, row: number) => void,
): void {
  let start = 0;
  for (const data of vector.data) {
    const read = wholeReader(data);
    const nulls = data.nullCount > 0;
    for (let i = 0; i < data.length; i++) {
      if (!nulls || data.getValid(i)) visit(read(i), start + i);
    }
    start += data.length;
  }
}

/** Reads rows of one chunk of a whole type. */
export function wholeReader(data: Data): WholeReader {
  const values = data.values as ArrayLike<number>;
  if (!DataType.isDecimal(data.type)) return (row) => values[row] as number | bigint;
  const { stride } = data;
  const bits = 32 * stride;
  return (row) => {
    let value = 0n;
    for (let word = stride - 1; word >= 0; word--) {
      value = (value << 32n) | BigInt(values[row * stride + word] as number);
    }
    return BigInt.asIntN(bits, value);
  };
}
