import type { Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { flatColumns } from './guard.js';
import { flatTypes } from './kinds.js';

/** How parquetjs-lite compresses column chunks. */
export type ParquetJsCompression = 'snappy' | 'gzip' | 'uncompressed';

/** A column as the `ParquetSchema` of parquetjs-lite wants it. */
export interface ParquetJsField {
  type: string;
  optional: boolean;
  compression: string;
  statistics: false;
}

const compressions = ['snappy', 'gzip', 'uncompressed'];

/**
 * What the `ParquetSchema` of parquetjs-lite is made of, for the columns of an Arrow schema:
 * `new ParquetSchema(parquetJsFields(schema))`.
 *
 * Statistics are off: the library orders text by UTF-16, and other readers would skip rows by them.
 * Open its writer with `{ pageIndex: false }`.
 *
 * @param compression default: 'snappy'.
 * @throws SchemaError if parquetjs-lite does not keep a column exactly.
 */
export function parquetJsFields(
  schema: Schema,
  { compression = 'snappy' }: { compression?: ParquetJsCompression } = {},
): Record<string, ParquetJsField> {
  assertGiven(schema, 'schema', 'a Schema');
  if (!compressions.includes(compression)) {
    throw new InvalidOptionError(
      `option 'compression' is unknown to parquetjs-lite: ${compression}. Use ${compressions.join(', ')}`,
    );
  }
  const fields = flatColumns(schema).map(({ field, kind }) => [
    field.name,
    {
      type: flatTypes[kind].parquetType,
      optional: field.nullable,
      compression: compression.toUpperCase(),
      statistics: false,
    },
  ]);
  return Object.fromEntries(fields);
}
