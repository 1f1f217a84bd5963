import { createHash, hash } from 'node:crypto';
import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { createByteBuffer } from './byte-buffer.js';
import { createCellWriter } from './write-cell.js';

/** Bytes that are hashed at once. */
const pieceBytes = 2 ** 16;

/**
 * SHA-256, in hexadecimal, of the content of rows: names and types of the columns, and every cell in
 * order. It does not depend on how the rows are cut into batches, nor on metadata.
 */
export function fingerprintRows(schema: Schema, batches: readonly RecordBatch[]): string {
  const digest = createHash('sha256');
  digest.update(JSON.stringify(schema.fields.map(({ name, type }) => [name, String(type)])));
  const buffer = createByteBuffer();
  for (const batch of batches) {
    const writers = batch.data.children.map(createCellWriter);
    for (let row = 0; row < batch.numRows; row++) {
      for (const write of writers) write(row, buffer);
      if (buffer.length < pieceBytes) continue;
      digest.update(buffer.written);
      buffer.clear();
    }
  }
  return digest.update(buffer.written).digest('hex');
}

/** A short text for each row, equal for rows that are equal in these columns, by place. */
export function hashRows(batch: RecordBatch, columns: readonly number[]): string[] {
  const buffer = createByteBuffer();
  const writers = columns.map((column) => createCellWriter(batch.data.children[column] as Data));
  return Array.from({ length: batch.numRows }, (_, row) => {
    buffer.clear();
    for (const write of writers) write(row, buffer);
    return hash('sha1', buffer.written, 'base64');
  });
}
