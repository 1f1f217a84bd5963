import { type Data, makeData } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { type FlatKind, flatTypes } from './kinds.js';

/** A value as Parquet stores it: bytes for text, a number of days since 1970 for a date. */
export type StoredValue = number | bigint | boolean | Uint8Array;

/** The values of a column without hidden offsets, such as `concatenateBatches` makes. */
export function storedValues(kind: FlatKind, data: Data): (StoredValue | null)[] {
  const { values, valueOffsets, nullBitmap } = data;
  const hasNulls = data.nullCount > 0;
  return Array.from({ length: data.length }, (_, row) => {
    if (hasNulls && !getBit(nullBitmap, row)) return null;
    if (kind === 'bool') return getBit(values, row);
    if (kind === 'utf8' || kind === 'binary') {
      return values.subarray(valueOffsets[row], valueOffsets[row + 1]);
    }
    return values[row];
  });
}

/**
 * The inverse of {@link storedValues}.
 *
 * @throws DataError for more than 2 GiB of text or binary.
 */
export function makeColumn(kind: FlatKind, values: readonly (StoredValue | null)[]): Data {
  const nullCount = values.filter((value) => value === null).length;
  return makeData({
    type: flatTypes[kind].arrowType(),
    length: values.length,
    nullCount,
    ...(nullCount > 0 ? { nullBitmap: bitmap(values, (value) => value !== null) } : {}),
    ...buffersOf(kind, values),
  } as never);
}

function buffersOf(kind: FlatKind, values: readonly (StoredValue | null)[]): object {
  const numbers = values as readonly (number | null)[];
  switch (kind) {
    case 'int64':
      return { data: BigInt64Array.from(values as bigint[], (value) => value ?? 0n) };
    case 'bool':
      return { data: bitmap(values, (value) => value === true) };
    case 'float32':
      return { data: Float32Array.from(numbers, (value) => value ?? 0) };
    case 'float64':
      return { data: Float64Array.from(numbers, (value) => value ?? 0) };
    case 'int32':
    case 'date32':
      return { data: Int32Array.from(numbers, (value) => value ?? 0) };
    default:
      return joinBytes(values.map((value) => (value ?? new Uint8Array(0)) as Uint8Array));
  }
}

function joinBytes(parts: readonly Uint8Array[]) {
  const valueOffsets = new Int32Array(parts.length + 1);
  let end = 0;
  for (const [row, part] of parts.entries()) {
    end += part.length;
    valueOffsets[row + 1] = end;
  }
  if (end >= 2 ** 31) {
    throw new DataError(`values of a column are too long: ${end} bytes. Make smaller row groups`);
  }
  const data = new Uint8Array(end);
  for (const [row, part] of parts.entries()) data.set(part, valueOffsets[row]);
  return { valueOffsets, data };
}

function getBit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] as number) & (1 << (index & 7))) !== 0;
}

function bitmap<T>(values: readonly T[], isSet: (value: T) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries()) {
    if (isSet(value)) bits[index >> 3] = (bits[index >> 3] as number) | (1 << (index & 7));
  }
  return bits;
}
