import { isUtf8 } from 'node:buffer';
import type { Field, RecordBatch, Schema } from 'apache-arrow';
import { DataError, SchemaError } from '../../errors.js';
import { concatenateBatches } from '../batches/interleave.js';
import { describeType } from '../schema/describe.js';
import { type FlatKind, flatTypes, kindOf } from './kinds.js';
import { type StoredValue, storedValues } from './stored.js';

/** Days that a `Date` of JavaScript has, before and after 1970: it carries dates to the library. */
const mostDays = 100_000_000;

/** A column that parquetjs-lite can keep. */
export interface FlatColumn {
  readonly field: Field;
  readonly kind: FlatKind;
}

/**
 * The columns of a schema, all of which parquetjs-lite keeps exactly.
 *
 * @param instead what the message tells to use instead.
 * @throws SchemaError naming the first that it does not keep: by its type, or by its name, with
 *   which the library would lose or misplace the column.
 */
export function flatColumns(
  schema: Schema,
  instead: 'readParquet' | 'writeParquet' = 'writeParquet',
): FlatColumn[] {
  const names = new Set<string>();
  if (schema.fields.length === 0) {
    throw new SchemaError('parquetjs-lite cannot store a table without columns. Add a column');
  }
  return schema.fields.map((field) => {
    const problem = problemOfName(field.name, names);
    if (problem) {
      throw new SchemaError(
        `column name cannot be kept by parquetjs-lite: '${field.name}' (${problem}). Rename the column, or use ${instead}`,
      );
    }
    names.add(field.name);
    const kind = kindOf(field.type);
    if (!kind) {
      throw new SchemaError(
        `column '${field.name}' has a type that parquetjs-lite does not keep exactly: ${describeType(field.type)} (it keeps ${Object.keys(flatTypes).join(', ')}). Convert or drop the column, or use ${instead}`,
      );
    }
    return { field, kind };
  });
}

function problemOfName(name: string, before: ReadonlySet<string>): string | undefined {
  if (name.includes(',')) return 'commas separate the parts of a path';
  if (/^(0|[1-9]\d*)$/.test(name)) return 'names like integers change the order of columns';
  if (name === '__proto__') return 'it is the prototype of an object';
  if (Buffer.from(name).toString() !== name) return 'it is not well-formed Unicode';
  if (name.startsWith('\ufeff')) return 'a byte order mark at the start is lost on reading';
  if (before.has(name)) return 'two columns have it';
  return undefined;
}

/**
 * The values of a batch by column, all of which parquetjs-lite keeps exactly.
 *
 * @param firstRow number of the batch's first row, for messages.
 * @throws DataError naming the column and row of the first value that it does not keep.
 */
export function flatValues(
  columns: readonly FlatColumn[],
  batch: RecordBatch,
  firstRow = 0,
): (StoredValue | null)[][] {
  // A copy has no hidden offsets.
  const { data } = concatenateBatches(batch.schema, [batch]);
  return columns.map(({ field, kind }, index) => {
    const values = storedValues(kind, data.children[index] as never);
    for (const [row, value] of values.entries()) {
      const problem = value === null ? problemOfNull(field) : problemOfValue(kind, value);
      if (problem) {
        throw new DataError(
          `value cannot be kept by parquetjs-lite: ${show(value)} in column '${field.name}', row ${firstRow + row} (${problem}). Change the value, drop the column, or use writeParquet`,
        );
      }
    }
    return values;
  });
}

function problemOfNull({ nullable }: Field): string | undefined {
  return nullable ? undefined : 'the column allows no null';
}

function problemOfValue(kind: FlatKind, value: StoredValue): string | undefined {
  switch (kind) {
    case 'int64':
      return Number.isSafeInteger(Number(value)) ? undefined : 'it keeps integers up to 2^53 - 1';
    case 'float32':
    case 'float64':
      return Number.isFinite(value) ? undefined : 'it keeps finite numbers';
    case 'date32':
      return Math.abs(value as number) <= mostDays ? undefined : `it keeps ${mostDays} days`;
    case 'utf8':
      return isUtf8(value as Uint8Array) ? undefined : 'the text is not UTF-8';
    default:
      return undefined;
  }
}

function show(value: StoredValue | null): string {
  return value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : String(value);
}
