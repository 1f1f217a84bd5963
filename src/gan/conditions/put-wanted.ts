import type { Field, RecordBatch } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { levelWriter } from '../../encode/cells/level-writer.js';
import { constantColumn } from './cell-text.js';
import type { ResolvedConditions } from './resolve.js';

/** The batch with the wanted values put in where their code does not say all. */
export function withWantedColumns(
  batch: RecordBatch,
  { fixed, drawn }: ResolvedConditions,
  levels: readonly Int32Array[],
): RecordBatch {
  const children = [...batch.data.children];
  for (const { column, field, text, isOverwritten } of fixed) {
    if (isOverwritten) children[column] = constantColumn(field, text, batch.numRows);
  }
  for (const [k, { column, levels: texts, span }] of drawn.entries()) {
    if (texts.length === span.size) continue;
    const { type } = batch.schema.fields[column] as Field;
    children[column] = levelWriter(type, texts)(levels[k] as Int32Array);
  }
  return makeBatch(batch.schema, children, batch.numRows);
}
