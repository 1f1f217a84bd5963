import {
  Binary,
  Bool,
  type DataType,
  Decimal,
  Field,
  Float64,
  Int64,
  List,
  Struct,
  Utf8,
} from 'apache-arrow';
import { DataError } from '../../errors.js';
import { instantType, mostDigits } from './types.js';
import { isRecord, likeValue, parseDecimal } from './values.js';

/** Levels of objects and lists within a row, at most: deeper ones other readers of Arrow refuse too. */
const mostLevels = 64;
/** Columns that are found, at most: of more the keys are data. */
const mostColumns = 2 ** 14;

type Kind =
  | 'boolean'
  | 'integer'
  | 'float'
  | 'decimal'
  | 'text'
  | 'instant'
  | 'bytes'
  | 'list'
  | 'record';

/** A kind of values, and the first row that has one. */
interface Seen {
  readonly kind: Kind;
  readonly row: number;
}

/** What the values of one key are like. */
interface Summary {
  seen: Seen | undefined;
  /** Of decimals: digits behind the point, at most. */
  scale: number;
  /** Whether a whole number is beyond 64 bits, or a number beyond what is safe. */
  isHuge: boolean;
  readonly items: unknown[];
  readonly itemRows: number[];
  readonly records: object[];
  readonly recordRows: number[];
}

/**
 * The fields that rows show: keys in the order in which they first come, each with the one type that
 * all its values have. What is null everywhere is text.
 *
 * Whole numbers are of 64 bits, and floats where others are; objects are structs, arrays are lists.
 *
 * @param skip Keys whose types are known.
 * @throws DataError for a key with values of several kinds, naming the rows.
 */
export function inferFields(
  rows: readonly object[],
  skip: ReadonlySet<string> = new Set(),
  path = '',
  numbers: readonly number[] = [],
  level = 0,
): Field[] {
  const summaries = new Map<string, Summary>();
  assertLevel(level, path, numbers[0] ?? 0);
  for (const [index, row] of rows.entries()) {
    for (const [key, value] of Object.entries(row)) {
      if (skip.has(path + key)) continue;
      const summary = summaries.get(key) ?? newSummary();
      summaries.set(key, summary);
      note(summary, value, numbers[index] ?? index, path + key);
    }
    assertColumns(summaries.size, path, numbers[index] ?? index);
  }
  return [...summaries].map(
    ([key, summary]) => new Field(key, typeOf(summary, path + key, level), true),
  );
}

function newSummary(): Summary {
  return {
    seen: undefined,
    scale: 0,
    isHuge: false,
    items: [],
    itemRows: [],
    records: [],
    recordRows: [],
  };
}

function note(summary: Summary, value: unknown, row: number, name: string): void {
  if (value == null) return;
  const kind = kindOf(value, summary);
  if (!kind) {
    throw new DataError(
      `row ${row} has a value that no column holds: ${nameOfType(value)} under key '${name}'. Leave it out, or convert it`,
    );
  }
  if (kind === 'list') {
    for (const item of value as Iterable<unknown>) {
      summary.items.push(item);
      summary.itemRows.push(row);
    }
  }
  if (kind === 'record') {
    summary.records.push(value as object);
    summary.recordRows.push(row);
  }
  const { seen } = summary;
  const joined = seen ? join(seen.kind, kind) : kind;
  if (joined === undefined) {
    throw new DataError(
      `rows do not agree: key '${name}' is ${seen?.kind} in row ${seen?.row} and ${kind} in row ${row}. Tell its type: types: { ${JSON.stringify(name)}: 'utf8' }`,
    );
  }
  if (joined !== seen?.kind) summary.seen = { kind: joined, row };
}

function nameOfType(value: unknown): string {
  return typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value;
}

function kindOf(value: unknown, summary: Summary): Kind | undefined {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    case 'bigint':
      summary.isHuge ||= BigInt.asIntN(64, value) !== value;
      return 'integer';
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'float';
    case 'object':
      return objectKind(value as object, summary);
    default:
      return undefined;
  }
}

function objectKind(value: object, summary: Summary): Kind | undefined {
  if (value instanceof Date) return 'instant';
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return 'bytes';
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return 'list';
  const like = likeValue(value);
  if (!like) return isRecord(value) ? 'record' : undefined;
  if (like.kind === 'decimal') {
    summary.scale = Math.max(summary.scale, parseDecimal(like.text)?.scale ?? 0);
    return 'decimal';
  }
  if (like.kind === 'number') return kindOf(like.value, summary);
  if (like.kind === 'integer') return 'integer';
  return like.kind === 'text' ? 'text' : 'bytes';
}

/** The kind that two are together; undefined if there is none. */
function join(a: Kind, b: Kind): Kind | undefined {
  if (a === b) return a;
  const both = new Set([a, b]);
  if (both.has('integer') && both.has('float')) return 'float';
  return both.has('integer') && both.has('decimal') ? 'decimal' : undefined;
}

function typeOf(summary: Summary, name: string, level: number): DataType {
  switch (summary.seen?.kind) {
    case 'boolean':
      return new Bool();
    case 'integer':
      return summary.isHuge ? new Decimal(0, mostDigits, 128) : new Int64();
    case 'float':
      return new Float64();
    case 'decimal':
      return new Decimal(Math.min(summary.scale, mostDigits), mostDigits, 128);
    case 'instant':
      return instantType();
    case 'bytes':
      return new Binary();
    case 'list':
      return new List(itemField(summary, name, level + 1));
    case 'record':
      return new Struct(
        inferFields(summary.records, new Set(), `${name}.`, summary.recordRows, level + 1),
      );
    default:
      return new Utf8();
  }
}

function itemField({ items, itemRows }: Summary, name: string, level: number): Field {
  assertLevel(level, name, itemRows[0] ?? 0);
  const summary = newSummary();
  for (const [index, item] of items.entries()) {
    note(summary, item, itemRows[index] as number, `${name}[]`);
  }
  return new Field('item', typeOf(summary, `${name}[]`, level), true);
}

/** @throws DataError for a row that is nested too deeply, as one that holds itself is. */
export function assertLevel(level: number, path: string, row: number): void {
  if (level <= mostLevels) return;
  const name = path.length > 60 ? `${path.slice(0, 60)}…` : path;
  throw new DataError(
    `row ${row} is nested too deeply: key '${name}' has more than ${mostLevels} levels. Leave it out, or give it as a text`,
  );
}

function assertColumns(count: number, path: string, row: number): void {
  if (count <= mostColumns) return;
  const where = path === '' ? 'rows' : `objects under '${path.slice(0, -1)}'`;
  throw new DataError(
    `${where} have too many different keys: over ${mostColumns} up to row ${row}. Where keys are data, give them as a list of pairs, or as a text`,
  );
}
