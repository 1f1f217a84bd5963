import { type Data, DataType, type RecordBatch } from 'apache-arrow';
import { sliceBatch } from '../batches/interleave.js';

/** The batch, or a copy of it if it has arrays that arrow-js's writers get wrong. */
export function plainBatch(batch: RecordBatch): RecordBatch {
  return batch.data.children.every(isPlain) ? batch : sliceBatch(batch);
}

function isPlain(data: Data): boolean {
  // Wrong are slices of unions and views, and buffers that a writer left out.
  if (DataType.isUnion(data.type)) return false;
  if (DataType.isUtf8View(data.type) || DataType.isBinaryView(data.type)) return false;
  if (data.length === 0 && data.valueOffsets?.length === 0) return false;
  return data.offset === 0 && data.children.every(isPlain);
}
