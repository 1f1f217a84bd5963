import type { Data, DataType } from 'apache-arrow';
import { bitmapBytes, copyBits } from './bits.js';
import { countRows, type Run, sourceOf } from './runs.js';

type TypedArray = Uint8Array | Int32Array | BigInt64Array;

/**
 * The values buffer of a type with a fixed number of array elements a row.
 *
 * Bytes are copied, not numbers: NaN payloads and negative zeros stay as they are.
 *
 * @param stride array elements a row.
 */
export function gatherValues(
  type: DataType,
  stride: number,
  sources: readonly Data[],
  runs: readonly Run[],
): TypedArray {
  const target: TypedArray = new type.ArrayType(countRows(runs) * stride);
  const width = target.BYTES_PER_ELEMENT * stride;
  const bytes = asBytes(target);
  let position = 0;
  for (const run of runs) {
    const values = sourceOf(sources, run).values;
    // Writers may leave out the values of a column of nulls.
    if (values) {
      const from = asBytes(values).subarray(run.start * width, (run.start + run.length) * width);
      bytes.set(from, position);
    }
    position += run.length * width;
  }
  return target;
}

/** The values buffer of booleans: one bit a row. */
export function gatherBooleans(sources: readonly Data[], runs: readonly Run[]): Uint8Array {
  const target = new Uint8Array(bitmapBytes(countRows(runs)));
  let position = 0;
  for (const run of runs) {
    const source = sourceOf(sources, run);
    if (source.values) {
      copyBits(target, position, source.values, source.offset + run.start, run.length);
    }
    position += run.length;
  }
  return target;
}

function asBytes(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
