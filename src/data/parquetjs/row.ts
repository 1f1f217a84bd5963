import type { FlatColumn } from './guard.js';
import type { FlatKind } from './kinds.js';
import type { StoredValue } from './stored.js';

/** Milliseconds of a day. */
export const day = 86_400_000;

/**
 * A row as the writer of parquetjs-lite takes it; null is a key that is absent.
 *
 * The values are those that come through its conversions unharmed: it passes numbers through text,
 * where -0 loses its sign, and takes days before 1970 from a `Date` alone.
 */
export function writerRow(
  columns: readonly FlatColumn[],
  values: readonly (readonly (StoredValue | null)[])[],
  index: number,
): object {
  // Without a prototype, whose properties the library would take for columns.
  const row = Object.create(null);
  for (const [column, { field, kind }] of columns.entries()) {
    const value = values[column]?.[index] ?? null;
    if (value !== null) row[field.name] = writerValue(kind, value);
  }
  return row;
}

function writerValue(kind: FlatKind, value: StoredValue): unknown {
  switch (kind) {
    case 'int64':
      return Number(value);
    case 'float32':
    case 'float64':
      return Object.is(value, -0) ? '-0' : value;
    case 'date32':
      return new Date((value as number) * day);
    default:
      return value;
  }
}
