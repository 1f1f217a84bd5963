import type { RecordBatch } from 'apache-arrow';
import { gatherRuns } from '../../data/batches/interleave.js';
import { readTexts } from '../../encode/cells/column-texts.js';
import { columnOf } from '../../encode/table.js';

/** What a row has to be to be chosen. */
export interface RowChoice {
  /** Columns that are not null in it. */
  readonly columns: readonly string[];
  /** A column, and the text of the value that it has there. */
  readonly level?: readonly [column: string, text: string] | undefined;
}

/** The rows of a batch that have some columns, and perhaps a level of one; in their order. */
export function chooseRows(batch: RecordBatch, { columns, level }: RowChoice): RecordBatch {
  const vectorOf = (name: string) =>
    columnOf(
      [batch],
      batch.schema.fields.findIndex((field) => field.name === name),
    );
  const vectors = columns.map(vectorOf);
  const levels = level && vectorOf(level[0]);
  const texts = levels && readTexts(levels);
  const runs = Array.from({ length: batch.numRows }, (_, start) => ({
    source: 0,
    start,
    length: 1,
  })).filter(
    ({ start }) =>
      vectors.every((vector) => vector?.isValid(start)) && (!texts || texts[start] === level?.[1]),
  );
  return gatherRuns(batch.schema, [batch], runs);
}
