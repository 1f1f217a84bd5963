import { inspect } from 'node:util';
import type { RecordBatch, Schema } from 'apache-arrow';
import { DataError, InvalidOptionError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { makeBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { type FlatColumn, flatColumns } from './guard.js';
import { storedValue } from './row.js';
import { type ParquetJsSchema, schemaOfParquetJs } from './schema.js';
import { makeColumn, type StoredValue } from './stored.js';

/** Rows in order: of an iterable, or of a cursor, as `reader.getCursor()` of parquetjs-lite gives. */
export type RowSource =
  | Iterable<object>
  | AsyncIterable<object>
  | {
      /** The next row; null or undefined at the end. */
      next(): Promise<object | null | undefined>;
    };

/**
 * Rows of parquetjs-lite as record batches.
 *
 * A value is what its readers give: a number, a bigint (or a safe integer) for int64, a string, a
 * boolean, a `Date` for a date, a `Uint8Array` for binary. A key that is absent, null or undefined
 * is null. The rows of a file that another program wrote may be wrong before they come here: read
 * such a file by `readParquet`.
 *
 * @param schema of Arrow, or of parquetjs-lite: `reader.getSchema()`.
 * @param options `batchRows`: rows of a batch. Default: 4,096.
 * @throws SchemaError if parquetjs-lite does not keep a column of the schema exactly.
 * @throws DataError naming the column and row of a value that does not fit, or has no column.
 */
export async function* batchesFromRows(
  rows: RowSource,
  schema: Schema | ParquetJsSchema,
  { batchRows = 4096 }: { batchRows?: number } = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  assertGiven(rows, 'rows', 'rows of parquetjs-lite');
  assertGiven(schema, 'schema', 'a schema');
  if (!Number.isInteger(batchRows) || batchRows < 1) {
    throw new InvalidOptionError(
      `option 'batchRows' must be a positive integer: ${batchRows}. Leave it out for 4096`,
    );
  }
  const arrowSchema = 'fieldList' in schema ? schemaOfParquetJs(schema) : schema;
  const columns = flatColumns(arrowSchema);
  let values = columns.map((): (StoredValue | null)[] => []);
  let row = 0;
  for await (const each of iterate(rows)) {
    takeRow(columns, values, each, row++);
    if (row % batchRows === 0) {
      yield batchOf(arrowSchema, columns, values);
      values = columns.map(() => []);
    }
  }
  if (row === 0) yield emptyBatch(arrowSchema);
  else if (row % batchRows > 0) yield batchOf(arrowSchema, columns, values);
}

async function* iterate(rows: RowSource): AsyncGenerator<object, void, undefined> {
  if (Symbol.asyncIterator in rows || Symbol.iterator in rows) return yield* rows;
  for (let row = await rows.next(); row; row = await rows.next()) yield row;
}

function takeRow(
  columns: readonly FlatColumn[],
  values: (StoredValue | null)[][],
  row: object,
  index: number,
): void {
  let found = 0;
  for (const [column, { field, kind }] of columns.entries()) {
    const isThere = Object.hasOwn(row, field.name);
    if (isThere) found += 1;
    const value = isThere ? (row as Record<string, unknown>)[field.name] : null;
    const stored = value == null ? null : storedValue(kind, value);
    if (stored === undefined || (stored === null && !field.nullable)) {
      throw new DataError(
        `value does not fit column '${field.name}': ${inspect(value, { depth: 0 })} in row ${index} (the column is ${kind}${field.nullable ? '' : ' and allows no null'}). Convert it`,
      );
    }
    values[column]?.push(stored);
  }
  if (found === Object.keys(row).length) return;
  const names = new Set(columns.map(({ field }) => field.name));
  const extra = Object.keys(row).find((name) => !names.has(name));
  throw new DataError(
    `row ${index} has a value without a column: '${extra}'. Add the column to the schema, or leave the value out`,
  );
}

function batchOf(
  schema: Schema,
  columns: readonly FlatColumn[],
  values: readonly (readonly (StoredValue | null)[])[],
): RecordBatch {
  const data = columns.map(({ kind }, index) => makeColumn(kind, values[index] ?? []));
  return makeBatch(schema, data, values[0]?.length ?? 0);
}
