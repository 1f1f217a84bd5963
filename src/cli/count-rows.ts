import type { RecordBatch, Schema } from 'apache-arrow';
import { rereadableOf, withRereading } from '../data/batches/rereadable.js';

/** Batches that pass, and how many rows they had so far. */
export interface RowCounter {
  rows: number;
  /** Schema of the batches, once one has passed. */
  schema?: Schema;
  readonly batches: AsyncIterable<RecordBatch>;
}

/** Passes batches on and counts their rows; `onRows` is told the new count. */
export function countRows(
  source: AsyncIterable<RecordBatch>,
  onRows?: (rows: number) => void,
): RowCounter {
  const batches = withRereading(count(), rereadableOf(source));
  const counter: RowCounter = { rows: 0, batches };
  async function* count() {
    for await (const batch of source) {
      counter.rows += batch.numRows;
      counter.schema = batch.schema;
      onRows?.(counter.rows);
      yield batch;
    }
  }
  return counter;
}
