import type { RecordBatch } from 'apache-arrow';
import { sliceBatch } from '../../data/batches/interleave.js';

/** Rows of a batch that follow each other. */
export interface BatchSlice {
  readonly batch: RecordBatch;
  readonly start: number;
  readonly length: number;
}

/** The rows as a batch of their own; values are not copied. */
export function cutSlice({ batch, start, length }: BatchSlice): RecordBatch {
  return sliceBatch(batch, start, start + length);
}
