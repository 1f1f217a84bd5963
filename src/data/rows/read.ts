import { inspect } from 'node:util';
import { Field, type RecordBatch, Schema } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { makeBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { columnBuilder } from './build.js';
import type { BuildColumn } from './build-column.js';
import { flattenRow } from './flatten.js';
import { inferFields } from './infer.js';
import { type CheckedRowsOptions, checkRowsOptions, type RowsOptions } from './options.js';
import { type ObjectSource, rowPieces } from './source.js';
import { parseRowType } from './types.js';
import { createUnknownKeyFinder } from './unknown-key.js';

export type { RowsOptions } from './options.js';
export type { ObjectSource, WebObjectStream } from './source.js';
export type { RowType } from './types.js';

/**
 * Plain objects as record batches.
 *
 * The columns are those of `schema`; or of the keys of the first `sample` rows, in the order in which
 * they first come, and of `types`. They stay the same from then on, and all batches have one schema
 * object. A key that is missing, null or undefined is null. Rows are numbered from 0.
 *
 * | value | type that is found |
 * |---|---|
 * | boolean, string | bool, utf8 |
 * | whole numbers, bigint, Long | int64 |
 * | other numbers among them | float64 |
 * | Date | timestamp in milliseconds, UTC |
 * | decimals of decimal.js, big.js, bignumber.js, BSON | decimal of 38 digits |
 * | ObjectId, UUID, what is a text in JSON | utf8 |
 * | Uint8Array, Buffer, BSON Binary | binary |
 * | arrays, objects | list, struct |
 *
 * No rows and no schema give a batch without columns.
 *
 * @throws InvalidOptionError for options that cannot be used, or what is no source of rows.
 * @throws SchemaError if no value of JavaScript stands for a type of `schema`.
 * @throws DataError naming the row and the key, for a value that does not fit, or has no column.
 */
export function rowBatches(
  source: ObjectSource,
  options: RowsOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = Array.isArray(source)
    ? rereadWhole((signal) => readOnce(source, { ...options, signal }))
    : undefined;
  return withRereading(readOnce(source, options), again);
}

async function* readOnce(
  source: ObjectSource,
  options: RowsOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  const checked = checkRowsOptions(options);
  const { batchRows, sample, signal, nested } = checked;
  let table: RowTable | undefined;
  const held: (readonly object[])[] = [];
  let seen = 0;
  // Pieces are batches already, so that none is copied.
  for await (const piece of rowPieces(source, batchRows, signal)) {
    signal?.throwIfAborted();
    const start = seen;
    held.push(nested === 'flatten' ? piece.map((row, k) => flattenRow(row, start + k)) : piece);
    seen += piece.length;
    if (!table && !checked.schema && held.length * batchRows < sample) continue;
    table ??= openTable(held.flat(), checked);
    for (const rows of held.splice(0)) yield* takeAll(table, rows);
  }
  table ??= openTable(held.flat(), checked);
  for (const rows of held) yield* takeAll(table, rows);
  if (table.rows === 0) yield emptyBatch(table.schema);
}

/** Cells of a batch, at most. */
const mostCells = 2 ** 22;

/** Rows that become batches. */
interface RowTable {
  readonly schema: Schema;
  /** How many were taken. */
  readonly rows: number;
  take(rows: readonly object[]): RecordBatch;
}

/** Takes rows, a part at a time where there are very many columns, of which each is filled up with nulls. */
function* takeAll(table: RowTable, rows: readonly object[]): Generator<RecordBatch> {
  const most = Math.max(Math.floor(mostCells / Math.max(table.schema.fields.length, 1)), 1);
  for (let start = 0; start < rows.length; start += most) {
    yield table.take(rows.length <= most ? rows : rows.slice(start, start + most));
  }
}

function openTable(first: readonly object[], options: CheckedRowsOptions): RowTable {
  const { schema, told } = resolveSchema(first, options);
  const names = schema.names as string[];
  const builders = schema.fields.map(
    (field): BuildColumn => columnBuilder(field, told(field.name)),
  );
  let before = 0;
  return {
    schema,
    get rows() {
      return before;
    },
    take(rows) {
      const start = before;
      assertRows(rows, names, options, start);
      const columns = builders.map((build, k) => {
        const name = names[k] as string;
        const values = valuesOf(rows, name);
        return build(values, { name, told: told(name), rowOf: (index) => start + index });
      });
      before += rows.length;
      return makeBatch(schema, columns, rows.length);
    },
  };
}

function resolveSchema(first: readonly object[], { schema, types, sample }: CheckedRowsOptions) {
  if (schema) return { schema, told: () => true };
  const given = Object.keys(types);
  const shown = first.slice(0, sample);
  assertObjects(shown, 0);
  const found = new Map(inferFields(shown, new Set(given)).map((field) => [field.name, field]));
  const order = new Set([...shown.flatMap((row) => Object.keys(row)), ...given]);
  const fields = [...order].map((name) => {
    if (!Object.hasOwn(types, name)) return found.get(name) as Field;
    return new Field(name, parseRowType(types[name] as never) as never, true);
  });
  return { schema: new Schema(fields), told: (name: string) => Object.hasOwn(types, name) };
}

function valuesOf(rows: readonly object[], name: string): unknown[] {
  const values = new Array<unknown>(rows.length);
  // What every object has, such as 'constructor', is no key of a row.
  const isInherited = name in Object.prototype;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Record<string, unknown>;
    values[index] = isInherited && !Object.hasOwn(row, name) ? undefined : row[name];
  }
  return values;
}

function assertRows(
  rows: readonly object[],
  names: readonly string[],
  { extraKeys }: CheckedRowsOptions,
  start: number,
): void {
  assertObjects(rows, start);
  if (extraKeys === 'ignore') return;
  const unknownKey = createUnknownKeyFinder(names);
  for (let index = 0; index < rows.length; index++) {
    const key = unknownKey(rows[index] as object);
    if (key !== undefined) throw withoutColumn(key, start + index);
  }
}

function withoutColumn(key: string, row: number): DataError {
  return new DataError(
    `row ${row} does not fit: key '${key}' has no column. Raise sample, tell its type, types: { ${JSON.stringify(key)}: 'utf8' }, or leave such keys out, extraKeys: 'ignore'`,
  );
}

function assertObjects(rows: readonly unknown[], start: number): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) continue;
    const shown = inspect(row, { depth: 0, maxStringLength: 40 });
    throw new DataError(
      `row ${start + index} is no object: ${shown}. Give objects with a key a column`,
    );
  }
}
