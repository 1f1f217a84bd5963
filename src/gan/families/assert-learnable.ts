import type { Schema } from 'apache-arrow';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { layoutOf } from '../../encode/table.js';
import { SchemaError } from '../../errors.js';

/** Refuses a table of which nothing can be learned. @throws SchemaError */
export function assertLearnable({ fields }: Schema, encoders: readonly ColumnEncoder[]): void {
  if (layoutOf(encoders).width > 0) return;
  throw new SchemaError(
    fields.length === 0
      ? 'no column can be learned: there are none. Give the table columns'
      : `no column can be learned: ${fields.map(({ name }) => name).join(', ')}. Each is ` +
          'constant, empty, an identifier or of a type that is not modelled, or varies in few rows ' +
          'alone, which are learned with fit: { privacy: false }',
  );
}
