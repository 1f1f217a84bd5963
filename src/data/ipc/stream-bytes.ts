import type { RecordBatch, Schema } from 'apache-arrow';
import { StreamWriter } from './message-writer.js';

/** Bytes that are kept for the next stream, at most: more are rare, and would be held for nothing. */
const mostKept = 32 * 2 ** 20;

let kept = new Uint8Array(0);

/**
 * A batch, or none, as an Arrow IPC stream: **in memory that the next call writes over**.
 *
 * A writer makes such a stream for each row group. As buffers of their own these are garbage that
 * V8 is slow to collect, since it does not see how big they are.
 */
export function streamBytes(schema: Schema, batch?: RecordBatch): Uint8Array {
  const chunks: Uint8Array[] = [];
  const writer = new StreamWriter((chunk) => chunks.push(chunk));
  writer.reset(undefined, schema);
  if (batch) writer.write(batch);
  writer.finish();
  const length = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const target = memoryOf(length);
  let position = 0;
  for (const chunk of chunks) {
    target.set(chunk, position);
    position += chunk.byteLength;
  }
  return target.subarray(0, length);
}

function memoryOf(length: number): Uint8Array {
  if (length > mostKept) return new Uint8Array(length);
  // Some more: row groups of one file differ a little.
  if (length > kept.byteLength) kept = new Uint8Array(Math.min(Math.ceil(1.1 * length), mostKept));
  return kept;
}
