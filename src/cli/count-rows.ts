import type { RecordBatch } from 'apache-arrow';

/** Batches that pass, and how many rows they had so far. */
export interface RowCounter {
  rows: number;
  readonly batches: AsyncIterable<RecordBatch>;
}

/** Passes batches on and counts their rows; `onRows` is told the new count. */
export function countRows(
  source: AsyncIterable<RecordBatch>,
  onRows?: (rows: number) => void,
): RowCounter {
  const counter = { rows: 0, batches: count() };
  async function* count() {
    for await (const batch of source) {
      counter.rows += batch.numRows;
      onRows?.(counter.rows);
      yield batch;
    }
  }
  return counter;
}
