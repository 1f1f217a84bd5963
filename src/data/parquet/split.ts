import type { RecordBatch, Schema } from 'apache-arrow';
import { estimateBytes } from '../batches/estimate-bytes.js';
import type { Piece } from '../batches/piece.js';

/** The rows of one row group, in order. */
export interface RowGroupRows {
  readonly schema: Schema;
  readonly pieces: readonly Piece[];
}

/** Bytes of a row group, about: wide rows make shorter groups, so that memory stays bounded. */
const rowGroupBytes = 128 * 2 ** 20;

/**
 * Cuts a stream of batches with one schema object into row groups of `rows` rows, the last one
 * shorter, and any one shorter that would be too many bytes. No rows give one empty group.
 */
export async function* splitRowGroups(
  batches: AsyncIterable<RecordBatch>,
  rows: number,
): AsyncGenerator<RowGroupRows, void, undefined> {
  let schema: Schema | undefined;
  let pending: Piece[] = [];
  let pendingRows = 0;
  let pendingBytes = 0;
  let isEmpty = true;
  for await (const batch of batches) {
    schema ??= batch.schema;
    const rowBytes = estimateBytes(batch) / Math.max(batch.numRows, 1);
    for (let start = 0; start < batch.numRows; ) {
      const fitting = Math.floor((rowGroupBytes - pendingBytes) / rowBytes);
      const wanted = Math.min(rows - pendingRows, Math.max(fitting, 1));
      const end = Math.min(start + wanted, batch.numRows);
      pending.push({ batch, start, end });
      pendingRows += end - start;
      pendingBytes += (end - start) * rowBytes;
      start = end;
      if (pendingRows >= rows || pendingBytes + rowBytes > rowGroupBytes) {
        yield { schema, pieces: pending };
        isEmpty = false;
        pending = [];
        pendingRows = 0;
        pendingBytes = 0;
      }
    }
  }
  if (schema && (pendingRows > 0 || isEmpty)) yield { schema, pieces: pending };
}
