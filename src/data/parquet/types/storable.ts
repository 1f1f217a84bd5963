import { DataType, type Field, Precision, type RecordBatch, type Schema } from 'apache-arrow';
import { SchemaError } from '../../../errors.js';
import { describeType } from '../../schema/describe.js';
import { plainViewBatch, plainViewSchema } from '../../schema/plain-views.js';
import { assertIntervals } from './intervals.js';

/** Digits of the widest decimal that the engine reads back from a dictionary. */
const dictionaryDigits = 18;

/**
 * Batches with one schema object, as Parquet can store them: views of text and binary become plain.
 *
 * @throws SchemaError naming the first column that Parquet, or its engine, cannot store, before any
 *   row is asked for; also for rows without columns.
 * @throws DataError for a value that Parquet has not: a negative interval.
 */
export async function* storableBatches(
  batches: AsyncIterable<RecordBatch>,
  what: string,
): AsyncGenerator<RecordBatch, void, undefined> {
  let schema: Schema | undefined;
  let row = 0;
  for await (const batch of batches) {
    schema ??= storableSchema(batch.schema);
    if (schema.fields.length === 0 && batch.numRows > 0) {
      throw new SchemaError(
        `Parquet cannot store rows without columns: ${what}, ${batch.numRows} rows. Give them a column, or write Arrow IPC.`,
      );
    }
    assertIntervals(batch, row);
    row += batch.numRows;
    yield plainViewBatch(schema, batch);
  }
}

/**
 * The schema as Parquet can store it.
 *
 * @throws SchemaError naming the first column that cannot be stored.
 */
export function storableSchema(schema: Schema): Schema {
  for (const field of schema.fields) assertStorable(field, field.name);
  return plainViewSchema(schema);
}

function assertStorable({ type }: Field, path: string): void {
  const reason = problemOf(type);
  if (reason) {
    throw new SchemaError(
      `column '${path}' cannot be written as Parquet: ${describeType(type)} (${reason}). Convert or drop the column, or write Arrow IPC.`,
    );
  }
  for (const child of type.children ?? []) assertStorable(child, `${path}.${child.name}`);
}

function problemOf(type: DataType): string | undefined {
  if (DataType.isUnion(type)) return 'Parquet has no unions';
  if (DataType.isStruct(type) && type.children.length === 0) return 'a struct needs a member';
  if (DataType.isDecimal(type) && type.scale < 0) return 'the scale is negative';
  if (DataType.isDictionary(type) && !canBeDictionary(type.dictionary)) {
    return 'such a dictionary cannot be read back';
  }
  return undefined;
}

function canBeDictionary(values: DataType): boolean {
  if (DataType.isDecimal(values)) return values.precision <= dictionaryDigits && values.scale >= 0;
  if (DataType.isFloat(values)) return values.precision !== Precision.HALF;
  return [
    DataType.isInt,
    DataType.isUtf8,
    DataType.isLargeUtf8,
    DataType.isUtf8View,
    DataType.isBinary,
    DataType.isLargeBinary,
    DataType.isBinaryView,
    DataType.isDate,
    DataType.isTime,
    DataType.isTimestamp,
    DataType.isDuration,
  ].some((is) => is(values));
}
