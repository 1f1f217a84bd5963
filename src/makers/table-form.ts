import type { Data, Field, RecordBatch, Schema, Vector } from 'apache-arrow';
import type { Column, Rows } from '../columns/column.js';
import { makeBatch } from '../data/batches/batch.js';
import { levelWriter } from '../encode/cells/level-writer.js';
import { buildNulls } from '../encode/columns/null-column.js';
import { columnOf } from '../encode/table.js';
import type { Random } from '../random.js';
import { type ColumnForm, columnWriter, formColumn } from './column-form.js';
import type { WantedColumn } from './row-maker.js';

/** A table as numbers and codes. */
export interface FormedTable {
  readonly schema: Schema;
  /** One for each column of the schema. */
  readonly forms: readonly ColumnForm[];
  /** The columns that are learned, in the order of the schema. */
  readonly rows: Rows;
}

/**
 * Reads a table.
 *
 * @param batches At least one, of one schema.
 * @param kinds What each column is to be learned as. Default: what its type and cells say.
 * @throws SchemaError for a column that can neither be modelled nor be null.
 */
export function formTable(
  batches: readonly RecordBatch[],
  kinds: readonly string[] = [],
): FormedTable {
  const { schema } = batches[0] as RecordBatch;
  const formed = schema.fields.map((field, k) =>
    formColumn(field, columnOf(batches, k) as Vector, kinds[k]),
  );
  const length = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  return {
    schema,
    forms: formed.map(({ form }) => form),
    rows: { length, columns: formed.flatMap(({ column }) => column ?? []) },
  };
}

/**
 * A writer of rows as batches that have `schema` itself as their schema, with the wanted cells put
 * in exactly.
 */
export function tableWriter(schema: Schema, forms: readonly ColumnForm[]) {
  const writers = schema.fields.map((field, k) => columnWriter(field, forms[k] as ColumnForm));
  return (
    { length, columns }: Rows,
    random: Random,
    wanted: readonly WantedColumn[] = [],
  ): RecordBatch => {
    let next = 0;
    const data = writers.map((write, k): Data => {
      const isLearned = forms[k]?.kind !== 'unlearned';
      const column: Column | undefined = isLearned ? columns[next++] : undefined;
      const own = wanted.find((one) => one.column === k);
      return own
        ? wantedCells(schema.fields[k] as Field, own)
        : write(column, length, random.fork('column', k));
    });
    return makeBatch(schema, data, length);
  };
}

/** A column that has the wanted cell in each row. */
function wantedCells({ type }: Field, { levels, codes }: WantedColumn): Data {
  const texts = levels.filter((text) => text !== null);
  if (texts.length === 0) return buildNulls(type, codes.length);
  const placeOf = levels.map((text) => (text === null ? -1 : texts.indexOf(text)));
  return levelWriter(type, texts)(codes.map((code) => placeOf[code] as number));
}
