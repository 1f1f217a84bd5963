import {
  DataType,
  type Field,
  type RecordBatch,
  type Schema,
  type Table,
  type Vector,
} from 'apache-arrow';
import { createAdopter } from '../data/adopt/batch.js';
import { batchesInMemory } from '../data/batches/batch-source.js';
import { automaticKind } from '../encode/automatic-kind.js';
import { readTexts } from '../encode/cells/column-texts.js';
import { isTemporal, isTextable, isWhole } from '../encode/cells/column-types.js';
import {
  nullCountOf,
  readDistances,
  readFloats,
  validityOf,
  wholeRange,
} from '../encode/cells/column-values.js';
import { checkColumnNames } from '../encode/column-options.js';
import { isMadeUpName } from '../encode/columns/identifier.js';
import { canBeTexts } from '../encode/columns/markov.js';
import { holdsPictures } from '../encode/pictures/picture-reader.js';
import { columnOf } from '../encode/table.js';
import { DataError, SchemaError } from '../errors.js';
import { assertGiven } from '../options/given.js';
import type { CategoricalColumn, Column, ImageColumn, NumericColumn, Rows } from './column.js';
import { readImageColumns } from './read-images.js';

/** Rows to compare: one batch, several of one schema, or a table. */
export type RowsInput = RecordBatch | Table | readonly RecordBatch[];

/** How a column is compared; `'ignore'` leaves it out. */
export type ComparedAs = 'numeric' | 'categorical' | 'text' | 'ignore';

/** A column that is not compared, and why. */
export interface IgnoredColumn {
  /** Name of the column. */
  readonly name: string;
  /** Why it is not compared, in words. */
  readonly reason: string;
}

/** Tables with the same columns, ready to be compared. */
export interface ComparableRows<Name extends string> {
  readonly rows: Readonly<Record<Name, Rows>>;
  readonly ignored: readonly IgnoredColumn[];
  readonly schema: Schema;
}

/**
 * Reads tables together, column by name, so that levels and origins are shared.
 *
 * Floats, integers, decimals, dates and times are numeric; text, dictionaries and booleans are
 * categorical; `columns` has the last word. Strings that name rows, or are prose, are compared as texts
 * where every table has some of its own. The first column of images is read as images. Identifiers,
 * other nested types, columns of nulls alone, and those that not every table has are left out: the
 * first table says which these are.
 *
 * @throws DataError for a table without rows.
 * @throws SchemaError where a column is of types that cannot be compared, where none is left, or
 * where `columns` names one that is not.
 */
export function readTogether<Name extends string>(
  tables: Readonly<Record<Name, RowsInput>>,
  columns: Readonly<Record<string, ComparedAs>> = {},
): ComparableRows<Name> {
  const names = Object.keys(tables) as Name[];
  const batches = names.map((name) => batchesOf(tables[name], name));
  const [[first]] = batches as [[RecordBatch]];
  const { schema } = first;
  checkColumnNames(schema, columns);
  const ignored: IgnoredColumn[] = [];
  const read: Column[][] = names.map(() => []);
  const texts: CategoricalColumn[][] = names.map(() => []);
  let images: readonly ImageColumn[] | undefined;
  for (const field of schema.fields) {
    const vectors = batches.map((own) => vectorNamed(own, field.name));
    const lacking = names.find((_, k) => vectors[k] === undefined);
    const own = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    if (!lacking && own === undefined && !images && holdsPictures(field)) {
      const found = readImageColumns(
        names.map((table, k) => ({
          table,
          field: fieldNamed(batches[k] ?? [], field.name) ?? field,
          vector: vectors[k] as Vector,
        })),
      );
      if ('reason' in found) ignored.push({ name: field.name, ...found });
      else images = found;
      continue;
    }
    const choice = lacking
      ? { reason: `is not a column of ${lacking}` }
      : chooseKind(field, vectors as Vector[], own);
    if (typeof choice === 'object') {
      ignored.push({ name: field.name, reason: choice.reason });
      continue;
    }
    const present = vectors as Vector[];
    present.forEach((vector, k) => {
      checkType(field, vector.type, `${names[k]}`);
    });
    if (choice === 'text') {
      for (const [k, column] of readCategorical(field, present).entries()) texts[k]?.push(column);
      continue;
    }
    const readColumns = choice === 'numeric' ? readNumeric : readCategorical;
    for (const [k, column] of readColumns(field, present).entries()) read[k]?.push(column);
  }
  const hasTexts = texts[0]?.length !== 0;
  if (read[0]?.length === 0 && !images && !hasTexts) {
    const why = ignored.map(({ name, reason }) => `'${name}' ${reason}`).join(', ');
    throw new SchemaError(`no column can be compared: ${why}. Give tables of the same columns`);
  }
  const rows = Object.fromEntries(
    names.map((name, k) => [
      name,
      {
        length: countRows(batches[k] ?? []),
        columns: read[k] ?? [],
        images: images?.[k],
        ...(hasTexts ? { texts: texts[k] } : {}),
      },
    ]),
  ) as unknown as Record<Name, Rows>;
  return { rows, ignored, schema };
}

function vectorNamed(batches: readonly RecordBatch[], name: string): Vector | undefined {
  const index = batches[0]?.schema.fields.findIndex((field) => field.name === name) ?? -1;
  return index < 0 ? undefined : columnOf(batches, index);
}

function fieldNamed([first]: readonly RecordBatch[], name: string): Field | undefined {
  return first?.schema.fields.find((field) => field.name === name);
}

/** Refuses a type whose values are not of the same kind. */
function checkType({ name, type }: Field, other: DataType, table: string): void {
  const same = isTemporal(type)
    ? String(type) === String(other)
    : isNumber(type) === isNumber(other);
  if (same && isTextable(other)) return;
  throw new SchemaError(
    `column '${name}' of ${table} is of a type that cannot be compared with ${type}: ${other}. ` +
      'Convert it, or leave the column out',
  );
}

const isNumber = (type: DataType) => DataType.isFloat(type) || isWhole(type);

/** The batches of an input that has rows. */
export function batchesOf(input: RowsInput, name: string): RecordBatch[] {
  assertGiven(input, name, 'a Table or record batches');
  const all = batchesInMemory(input).map(createAdopter());
  const batches = all.filter((batch) => batch.numRows > 0);
  if (batches.length > 0) return batches;
  throw new DataError(`${name} has no rows: 0. Give at least one`);
}

function countRows(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, { numRows }) => sum + numRows, 0);
}

function chooseKind(
  field: Field,
  vectors: readonly Vector[],
  wanted?: ComparedAs,
): Exclude<ComparedAs, 'ignore'> | { reason: string } {
  const { type } = field;
  const vector = vectors[0] as Vector;
  if (wanted === 'ignore') return { reason: 'is to be ignored' };
  if (!isTextable(type)) return { reason: `is of type ${type}` };
  const numeric = isNumber(type);
  if (wanted === 'text') return canBeTexts(type) ? 'text' : { reason: `holds no texts: ${type}` };
  if (wanted !== undefined) return numeric ? wanted : 'categorical';
  const kind = automaticKind(field, vector, nullCountOf(vector), Number.POSITIVE_INFINITY);
  if (kind === 'identifier' && canBeTexts(type) && vectors.every(holdsTexts)) return 'text';
  if (kind === 'identifier' || kind === 'unmodelled') return { reason: 'names rows' };
  if (kind === 'null') return { reason: 'holds nulls alone' };
  return numeric ? 'numeric' : 'categorical';
}

/** Whether some cells are texts, and not made up to name rows. */
function holdsTexts(vector: Vector): boolean {
  return readTexts(vector).some((text) => text !== null && !isMadeUpName(text));
}

function readNumeric(field: Field, vectors: readonly Vector[]): NumericColumn[] {
  const { name, type } = field;
  const temporal = isTemporal(type);
  // Nanoseconds since 1970 are beyond exact numbers: what is compared starts at the first one.
  const origin = temporal ? (wholeRange(vectors[0] as Vector)?.minimum ?? 0n) : 0n;
  return vectors.map((vector) => {
    const { type } = vector;
    const unit = DataType.isDecimal(type) ? 10 ** type.scale : 1;
    const values = DataType.isFloat(type) ? readFloats(vector) : readDistances(vector, origin);
    const valid = validityOf(vector);
    for (let row = 0; row < values.length; row++) {
      if (valid?.[row] === 0) values[row] = Number.NaN;
      else if (unit !== 1) values[row] = (values[row] as number) / unit;
    }
    return { kind: 'numeric', name, values, temporal };
  });
}

function readCategorical({ name }: Field, vectors: readonly Vector[]): CategoricalColumn[] {
  const codeOf = new Map<string, number>();
  const levels: string[] = [];
  const columns = vectors.map((vector) =>
    Int32Array.from(readTexts(vector), (text) => {
      if (text === null) return -1;
      const known = codeOf.get(text);
      if (known !== undefined) return known;
      codeOf.set(text, levels.length);
      return levels.push(text) - 1;
    }),
  );
  return columns.map((codes) => ({ kind: 'categorical', name, codes, levels }));
}
