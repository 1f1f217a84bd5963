import type { Field } from 'apache-arrow';
import { SchemaError } from '../errors.js';
import type { ColumnEncoder } from './encoder.js';
import { buildNulls } from './null-column.js';

/**
 * An encoder that learns nothing and makes nulls: for columns that are all null ('null'), and for
 * types that cannot be learned, such as nested and binary ones ('unmodelled').
 *
 * Throws a SchemaError if the field cannot be null.
 */
export function unmodelled(field: Field, kind: 'null' | 'unmodelled'): ColumnEncoder {
  if (!field.nullable) {
    throw new SchemaError(
      `column '${field.name}' cannot be learned, and cannot be null in synthetic rows: ` +
        `${field.type}, not nullable. Drop the column, or declare it nullable`,
    );
  }
  return {
    kind,
    spans: [],
    encode: () => [],
    decode: (_, rows) => buildNulls(field.type, rows),
    toJSON: () => ({ kind }),
  };
}
