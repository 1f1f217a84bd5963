import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { DataError, InvalidOptionError, SchemaError } from '../../errors.js';
import type { Run } from '../gather/runs.js';
import { describeType } from '../schema/describe.js';
import { assertColumns } from '../schema/select-columns.js';
import { formatPartition, nullPartition } from './hive.js';
import { canPartition, partitionTexts } from './partition-texts.js';

/** File systems take no longer names. */
const longestName = 255;

/**
 * Raises unless a dataset can be partitioned by these columns.
 *
 * @throws SchemaError if one is missing, its values cannot name directories, or no other is left.
 */
export function assertPartitionable(schema: Schema, columns: readonly string[]): void {
  assertColumns(schema.names, columns, 'the data');
  for (const { name, type } of schema.fields) {
    if (!columns.includes(name) || canPartition(type)) continue;
    throw new SchemaError(
      `column '${name}' cannot partition a dataset: ${describeType(type)}. Use whole numbers, booleans, text or dates`,
    );
  }
  if (columns.length > 0 && columns.length === schema.fields.length) {
    throw new SchemaError(
      `no column is left beside those of 'partitionBy': ${columns.join(', ')}. Leave one out`,
    );
  }
}

/** Refuses what is no list of different names. @throws InvalidOptionError */
export function checkPartitionBy(columns: unknown): void {
  const isList =
    Array.isArray(columns) && columns.every((name) => typeof name === 'string' && name);
  if (isList && new Set(columns).size === columns.length) return;
  throw new InvalidOptionError(
    `option 'partitionBy' must list different columns: ${JSON.stringify(columns)}. Leave it out for one file`,
  );
}

/**
 * Which rows of a batch go to which directory: runs of rows by `year=2026/month=1`, in the order in
 * which these come first. Without columns all rows go to ''.
 *
 * @throws DataError if a value cannot name a directory.
 */
export function partitionRows(
  batch: RecordBatch,
  columns: readonly string[],
): Map<string, readonly Run[]> {
  let parts: Codes = { codes: new Uint32Array(batch.numRows), names: [''] };
  for (const column of columns) parts = combine(parts, codesOf(batch, column));
  const runs = parts.names.map(() => [] as Run[]);
  for (let start = 0, row = 1; row <= batch.numRows; row++) {
    const code = parts.codes[start] as number;
    if (row < batch.numRows && parts.codes[row] === code) continue;
    (runs[code] as Run[]).push({ source: 0, start, length: row - start });
    start = row;
  }
  return new Map(parts.names.map((name, code) => [name, runs[code] as Run[]]));
}

/** For each row the number of a name. */
interface Codes {
  readonly codes: Uint32Array;
  readonly names: readonly string[];
}

function codesOf(batch: RecordBatch, column: string): Codes {
  const index = batch.schema.names.indexOf(column);
  const numbers = new Map<string | null, number>();
  const names: string[] = [];
  const texts = partitionTexts(batch.data.children[index] as Data, column);
  const codes = Uint32Array.from(texts, (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    names.push(nameOf(column, text));
    numbers.set(text, names.length - 1);
    return names.length - 1;
  });
  return { codes, names };
}

function combine(outer: Codes, inner: Codes): Codes {
  const numbers = new Map<number, number>();
  const names: string[] = [];
  const codes = outer.codes.map((left, row) => {
    const right = inner.codes[row] as number;
    const pair = left * inner.names.length + right;
    const known = numbers.get(pair);
    if (known !== undefined) return known;
    names.push([outer.names[left], inner.names[right]].filter(Boolean).join('/'));
    numbers.set(pair, names.length - 1);
    return names.length - 1;
  });
  return { codes, names };
}

function nameOf(column: string, value: string | null): string {
  const name = formatPartition({ name: column, value });
  const problem = problemOf(value, name);
  if (problem === undefined) return name;
  throw new DataError(
    `column '${column}' has a value that cannot name a directory: '${value?.slice(0, 40)}' (${problem}). Change it, or partition by another column`,
  );
}

function problemOf(value: string | null, name: string): string | undefined {
  if (value === nullPartition) return 'it is what stands for null';
  if (Buffer.byteLength(name) <= longestName) return undefined;
  return `its name would have more than ${longestName} bytes`;
}
