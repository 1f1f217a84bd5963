import type { FlatColumn } from './guard.js';
import type { FlatKind } from './kinds.js';
import type { StoredValue } from './stored.js';

/** Milliseconds of a day. */
const day = 86_400_000;

/** A value as the readers of parquetjs-lite give it, and as its writers take it. */
export type RowValue = number | bigint | boolean | string | Date | Uint8Array;

/** A row of parquetjs-lite: null is a key that is absent. */
export type ParquetJsRow = Record<string, RowValue>;

type ToRowValue = (kind: FlatKind, value: StoredValue) => RowValue;

/** Row `index` of the columns. */
export function makeRow(
  columns: readonly FlatColumn[],
  values: readonly (readonly (StoredValue | null)[])[],
  index: number,
  convert: ToRowValue,
): ParquetJsRow {
  // Without a prototype, whose properties the library would take for columns.
  const row = Object.create(null);
  for (const [column, { field, kind }] of columns.entries()) {
    const value = values[column]?.[index] ?? null;
    if (value !== null) row[field.name] = convert(kind, value);
  }
  return row;
}

/** A value as the readers give it: a string for text, a `Date` for a date, a bigint for int64. */
export function readerValue(kind: FlatKind, value: StoredValue): RowValue {
  if (kind === 'date32') return new Date((value as number) * day);
  if (!(value instanceof Uint8Array)) return value;
  const bytes = Buffer.from(value);
  return kind === 'utf8' ? bytes.toString() : bytes;
}

/**
 * A value that comes unharmed through the conversions of the writers: they pass numbers through
 * text, where -0 loses its sign, and take days before 1970 from a `Date` alone.
 */
export function writerValue(kind: FlatKind, value: StoredValue): RowValue {
  if (kind === 'int64') return Number(value);
  return Object.is(value, -0) ? '-0' : readerValue(kind, value);
}

/**
 * What is stored for a value of a row; undefined if the value does not fit the kind.
 *
 * Takes what the readers give, and safe integers for int64; numbers are rounded to float32.
 */
export function storedValue(kind: FlatKind, value: unknown): StoredValue | undefined {
  switch (kind) {
    case 'int32':
      return typeof value === 'number' && (value | 0) === value ? value : undefined;
    case 'int64':
      return storedBigInt(value);
    case 'float32':
    case 'float64':
      return typeof value === 'number' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'utf8':
      return typeof value === 'string' && !loneSurrogate.test(value)
        ? Buffer.from(value)
        : undefined;
    case 'date32': {
      const days = value instanceof Date ? value.getTime() / day : Number.NaN;
      return Number.isInteger(days) ? days : undefined;
    }
    case 'binary':
      return value instanceof Uint8Array ? value : undefined;
  }
}

const loneSurrogate = /\p{Surrogate}/u;

function storedBigInt(value: unknown): bigint | undefined {
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value ? value : undefined;
}
