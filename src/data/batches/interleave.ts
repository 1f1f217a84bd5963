import type { RecordBatch, Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { gatherData } from '../gather/data.js';
import { listRuns, type Run, type RunList } from '../gather/runs.js';
import { assertSameSchema } from '../schema/schema.js';
import { makeBatch } from './batch.js';

export { createRunList, listRuns, type Run, type RunList } from '../gather/runs.js';

/**
 * One batch made of row runs of several batches, in the order of the runs.
 *
 * Values are copied bit for bit. A dictionary column gets the dictionary of source 0, unchanged,
 * with the values that only other sources have behind it.
 *
 * @param schema what the batch gets; every source must have its columns (metadata aside).
 * @throws SchemaError if a source has other columns, or a dictionary outgrows its index type.
 */
export function gatherRuns(
  schema: Schema,
  sources: readonly RecordBatch[],
  runs: readonly Run[] | RunList,
): RecordBatch {
  const list = listRuns(runs);
  for (const [index, source] of sources.entries()) {
    assertSameSchema(schema, source.schema, `batch ${index}`);
  }
  const columns = schema.fields.map((field, column) => {
    const data = sources.map((source) => source.data.children[column] as never);
    try {
      return gatherData(field.type, data, list);
    } catch (cause) {
      if (!(cause instanceof SchemaError)) throw cause;
      const reason = cause.message.replace(/^ganAugment: /, '');
      throw new SchemaError(`column '${field.name}' cannot be joined: ${reason}`, { cause });
    }
  });
  return makeBatch(schema, columns, list.rows);
}

/**
 * Rows `start` to `end` of a batch, `end` not included, as a copy without hidden offsets.
 *
 * arrow-js's own slice shares memory, but its writers are wrong about sliced unions and views.
 */
export function sliceBatch(batch: RecordBatch, start = 0, end = batch.numRows): RecordBatch {
  const from = Math.min(Math.max(start, 0), batch.numRows);
  const length = Math.max(Math.min(end, batch.numRows) - from, 0);
  return gatherRuns(batch.schema, [batch], [{ source: 0, start: from, length }]);
}

/** All rows of all batches as one batch; no batches give no rows. */
export function concatenateBatches(schema: Schema, batches: readonly RecordBatch[]): RecordBatch {
  const runs = batches.map((batch, source) => ({ source, start: 0, length: batch.numRows }));
  return gatherRuns(schema, batches, runs);
}

/** A batch of no rows. */
export function emptyBatch(schema: Schema): RecordBatch {
  return gatherRuns(schema, [], []);
}
