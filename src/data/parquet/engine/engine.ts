import { type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow';
import { makeBatch } from '../../batches/batch.js';
import { callEngine, isTrap } from './wasm.js';

/** Rows of a batch: the decoder's own default of 1,024 makes it several times slower. */
const batchRows = 65_536;

/**
 * Decodes a whole Parquet file that lies in memory, batch after batch.
 *
 * Raises whatever the decoder does: an Error, or a string.
 */
export function* decodeParquet(bytes: Uint8Array): Generator<RecordBatch> {
  const table = callEngine((engine) => engine.readParquet(bytes, { batchSize: batchRows }));
  let sound = true;
  try {
    for (let index = 0; index < table.numBatches; index++) {
      // One batch at a time leaves WebAssembly, so that never two copies of all are alive.
      const stream = callEngine(() => table.recordBatch(index)?.intoIPCStream());
      if (stream) yield* readIpc(stream);
    }
  } catch (error) {
    sound = !isTrap(error);
    throw error;
  } finally {
    if (sound) table.free();
  }
}

/** The Arrow schema of a whole Parquet file that lies in memory. */
export function decodeParquetSchema(bytes: Uint8Array): Schema {
  const stream = callEngine((engine) => engine.readParquet(bytes).intoIPCStream());
  return RecordBatchReader.from(stream).open().schema;
}

function* readIpc(bytes: Uint8Array): Generator<RecordBatch> {
  const reader = RecordBatchReader.from(bytes).open();
  for (const batch of reader) {
    yield makeBatch(reader.schema, batch.data.children, batch.numRows);
  }
}
