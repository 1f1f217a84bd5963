import type { Field } from 'apache-arrow';
import { isTextOf } from '../cells/column-texts.js';
import { isTextable } from '../cells/column-types.js';
import { levelWriter } from '../cells/level-writer.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, refuse } from '../json-checks.js';

/** An encoder of a column that holds one value, given by its text (see `readTexts`): no spans. */
export function constant(field: Field, value: string): ColumnEncoder {
  const write = levelWriter(field.type, [value]);
  return {
    kind: 'constant',
    spans: [],
    encode: () => [],
    decode: (_, rows) => write(new Int32Array(rows)),
    toJSON: () => ({ kind: 'constant', value }),
  };
}

/** Reads a saved constant encoder. */
export function constantFromJSON(field: Field, { value }: Members): ColumnEncoder {
  if (!isTextable(field.type) || typeof value !== 'string' || !isTextOf(field.type, value)) {
    return refuse(field, 'has a value that does not fit the type', value);
  }
  return constant(field, value);
}
