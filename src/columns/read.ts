import type { Field, RecordBatch, Schema, Table, Vector } from 'apache-arrow';
import { createAdopter } from '../data/adopt/batch.js';
import { batchesInMemory } from '../data/batches/batch-source.js';
import { checkColumnNames } from '../encode/column-options.js';
import { holdsPictures } from '../encode/pictures/picture-reader.js';
import { columnOf } from '../encode/table.js';
import { DataError, SchemaError } from '../errors.js';
import { assertGiven } from '../options/given.js';
import type { CategoricalColumn, Column, ImageColumn, Rows } from './column.js';
import {
  type ComparedAs,
  checkType,
  chooseKind,
  type IgnoredColumn,
  readCategorical,
  readNumeric,
} from './read-cells.js';
import { readImageColumns } from './read-images.js';
import { readSequences } from './read-sequences.js';

/** Rows to compare: one batch, several of one schema, or a table. */
export type RowsInput = RecordBatch | Table | readonly RecordBatch[];

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
 * where every table has some of its own. The first column of images is read as images. Columns of lists
 * that are equally long in each row are the steps of sequences, of at most 2,000 steps; where times of
 * them start is a column. Identifiers, what names sequences, other nested types, columns of nulls alone,
 * and those that not every table has are left out: the first table says which these are.
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
  const found = readSequences(names, batches, columns);
  const ignored: IgnoredColumn[] = [...found.ignored];
  const read: Column[][] = found.tables.map(({ starts }) => [...starts]);
  const texts: CategoricalColumn[][] = names.map(() => []);
  let images: readonly ImageColumn[] | undefined;
  for (const field of schema.fields) {
    if (found.fields.has(field.name)) continue;
    const vectors = batches.map((own) => vectorNamed(own, field.name));
    const lacking = names.find((_, k) => vectors[k] === undefined);
    const own = Object.hasOwn(columns, field.name) ? columns[field.name] : undefined;
    if (!lacking && own === undefined && !images && holdsPictures(field)) {
      const pictures = readImageColumns(
        names.map((table, k) => ({
          table,
          field: fieldNamed(batches[k] ?? [], field.name) ?? field,
          vector: vectors[k] as Vector,
        })),
      );
      if ('reason' in pictures) ignored.push({ name: field.name, ...pictures });
      else images = pictures;
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
  const hasSequences = found.tables.some(({ sequences }) => sequences !== undefined);
  if (read[0]?.length === 0 && !images && !hasTexts && !hasSequences) {
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
        ...(hasSequences ? { sequences: found.tables[k]?.sequences } : {}),
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
