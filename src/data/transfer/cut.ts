import type { RecordBatch } from 'apache-arrow';
import { estimateBytes } from '../batches/estimate-bytes.js';
import type { Piece } from '../batches/piece.js';

/** Batches in pieces of about `mostBytes`, and one row at the least. */
export function* cutByBytes(
  batches: readonly RecordBatch[],
  mostBytes: number,
): Generator<Piece, void, undefined> {
  for (const batch of batches) {
    if (batch.numRows === 0) continue;
    const bytes = Math.max(estimateBytes(batch), 1);
    const rows = Math.max(Math.floor((batch.numRows * mostBytes) / bytes), 1);
    for (let start = 0; start < batch.numRows; start += rows) {
      yield { batch, start, end: Math.min(start + rows, batch.numRows) };
    }
  }
}
