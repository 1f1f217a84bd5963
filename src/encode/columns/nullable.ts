import type { Field } from 'apache-arrow';
import { withValidity } from '../cells/column-build.js';
import { validityOf } from '../cells/column-values.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, membersOf, refuse } from '../json-checks.js';

/**
 * An encoder of a column with nulls: a span of presence (1 where there is a value, 0 for null),
 * then the spans of `inner`, which stand idle in null rows.
 *
 * Nulls come back where they were. Categories do not use it: there null is a level, so that it can
 * be conditioned on.
 */
export function nullable(inner: ColumnEncoder): ColumnEncoder {
  return {
    kind: 'nullable',
    spans: [{ kind: 'onehot', width: 2, role: 'presence' }, ...inner.spans],
    encode(vector, random) {
      const valid = validityOf(vector);
      const presence = new Int32Array(vector.length).fill(1);
      if (valid) presence.set(valid);
      return [presence, ...inner.encode(vector, random)];
    },
    decode([presence, ...spans], rows, random) {
      const valid = new Int32Array(rows);
      for (let row = 0; row < rows; row++) valid[row] = presence?.[row] ?? 1;
      return withValidity(inner.decode(spans, rows, random), valid);
    },
    toJSON: () => ({ kind: 'nullable', inner: inner.toJSON() }),
  };
}

/** Reads a saved nullable encoder; `read` reads the one inside. */
export function nullableFromJSON(
  field: Field,
  { inner }: Members,
  read: (field: Field, json: unknown) => ColumnEncoder,
): ColumnEncoder {
  const { kind } = membersOf(field, inner);
  if (
    !field.nullable ||
    !['constant', 'continuous', 'decimal', 'integer', 'temporal'].includes(String(kind))
  ) {
    refuse(field, 'makes nulls where none can be', kind);
  }
  return nullable(read(field, inner));
}
