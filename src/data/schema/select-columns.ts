import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { makeBatch } from '../batches/batch.js';

/**
 * Raises if one of `columns` is not among `names`.
 *
 * @param what names the thing that has the columns.
 * @throws SchemaError naming it, and those that are there.
 */
export function assertColumns(
  names: readonly PropertyKey[],
  columns: readonly string[],
  what: string,
): void {
  const missing = columns.find((column) => !names.includes(column));
  if (missing === undefined) return;
  throw new SchemaError(
    `column is not in ${what}: '${missing}'. Its columns are ${names.join(', ')}.`,
  );
}

/** A schema with some of its columns, in its own order. */
export function selectSchema(schema: Schema, columns: readonly string[]): Schema {
  return new Schema(
    schema.fields.filter(({ name }) => columns.includes(name)),
    schema.metadata,
  );
}

/**
 * The batches of a stream with one schema object, with some of their columns, in their own order.
 *
 * @throws SchemaError if one of the columns is missing.
 */
export async function* selectColumns(
  batches: AsyncIterable<RecordBatch>,
  columns: readonly string[],
  what: string,
): AsyncGenerator<RecordBatch, void, undefined> {
  let selected: Schema | undefined;
  for await (const { schema, data, numRows } of batches) {
    if (!selected) {
      assertColumns(schema.names, columns, what);
      selected = selectSchema(schema, columns);
    }
    const kept = data.children.filter((_, k) => columns.includes(schema.fields[k]?.name ?? ''));
    yield makeBatch(selected, kept as Data[], numRows);
  }
}
