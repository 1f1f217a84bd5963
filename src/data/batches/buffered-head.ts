import type { RecordBatch } from 'apache-arrow';
import { sliceBatch } from './interleave.js';

/** The first batches of a stream, and the rest of it. */
export interface BufferedHead {
  readonly batches: RecordBatch[];
  readonly rows: number;
  /** Whether the stream ended before `rows` were there. */
  readonly ended: boolean;
}

/** Takes batches, at least one, until there are `rows` rows, or the stream ends. */
export async function bufferHead(
  iterator: AsyncIterator<RecordBatch>,
  rows: number,
): Promise<BufferedHead> {
  const batches: RecordBatch[] = [];
  let held = 0;
  while (held < rows || batches.length === 0) {
    const next = await iterator.next();
    if (next.done) return { batches, rows: held, ended: true };
    // One batch without rows is enough to know the schema.
    if (next.value.numRows > 0 || batches.length === 0) batches.push(next.value);
    held += next.value.numRows;
  }
  return { batches, rows: held, ended: false };
}

/** The first `rows` rows of some batches. */
export function firstRows(batches: readonly RecordBatch[], rows: number): RecordBatch[] {
  const first: RecordBatch[] = [];
  let missing = rows;
  for (const batch of batches) {
    if (missing === 0) break;
    const part = batch.numRows <= missing ? batch : sliceBatch(batch, 0, missing);
    first.push(part);
    missing -= part.numRows;
  }
  return first;
}
