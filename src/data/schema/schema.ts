import { type Field, Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { describeField } from './describe.js';

/**
 * Raises unless `actual` has the columns of `expected`, as {@link schemaDifference} sees it.
 *
 * @param what names the thing with the schema `actual`, for the message: 'batch 3 of a.parquet'.
 * @throws SchemaError naming the first column that differs, and how.
 */
export function assertSameSchema(expected: Schema, actual: Schema, what: string): void {
  const difference = expected === actual ? undefined : schemaDifference(expected, actual);
  if (difference === undefined) return;
  throw new SchemaError(
    `${what} has another schema than before: ${difference}. Give all batches the same columns.`,
  );
}

/** The schema with entries added to its metadata, or replaced. The fields are the same objects. */
export function withMetadata(schema: Schema, entries: Record<string, string>): Schema {
  const metadata = new Map([...schema.metadata, ...Object.entries(entries)]);
  return new Schema(schema.fields, metadata, schema.dictionaries, schema.metadataVersion);
}

/**
 * The first column in which two schemas differ, and how, in words; undefined if they have the same
 * columns: names, order, nullability and types, all the way down.
 *
 * The ids that arrow-js gives to dictionaries do not count, nor does metadata.
 */
export function schemaDifference(expected: Schema, actual: Schema): string | undefined {
  const length = Math.max(expected.fields.length, actual.fields.length);
  for (let index = 0; index < length; index++) {
    const difference = fieldDifference(expected.fields[index], actual.fields[index]);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function fieldDifference(expected?: Field, actual?: Field): string | undefined {
  if (expected === actual) return undefined;
  if (!actual) return `column '${expected?.name}' is missing`;
  if (!expected) return `column '${actual.name}' is new`;
  const [before, now] = [describeField(expected), describeField(actual)];
  return before === now ? undefined : `column '${expected.name}' was (${before}), is (${now})`;
}
