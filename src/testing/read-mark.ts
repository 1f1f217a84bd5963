import type { RecordBatch } from 'apache-arrow';
import { exactValue } from './exact-rows.js';

/** Whether each row is marked as synthetic. */
export function readMark(batches: readonly RecordBatch[], mark: string): boolean[] {
  return batches.flatMap((batch) => {
    const column = batch.data.children[batch.schema.fields.findIndex(({ name }) => name === mark)];
    return Array.from(
      { length: batch.numRows },
      (_, row) => column !== undefined && exactValue(column, row) === true,
    );
  });
}
