import { type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow';
import { readParquet, type Table } from 'parquet-wasm';
import { makeBatch } from '../batch.js';

/** Rows of a batch: the decoder's own default of 1,024 makes it several times slower. */
const batchRows = 65_536;

/**
 * Decodes a whole Parquet file that lies in memory, batch after batch.
 *
 * Raises whatever the decoder does: an Error, or a string.
 */
export function* decodeParquet(bytes: Uint8Array): Generator<RecordBatch> {
  const table = readParquet(bytes, { batchSize: batchRows });
  try {
    for (let index = 0; index < table.numBatches; index++) {
      // One batch at a time leaves WebAssembly, so that never two copies of all are alive.
      const batch = table.recordBatch(index);
      if (batch) yield* readIpc(batch.intoIPCStream());
    }
  } finally {
    table.free();
  }
}

/** The Arrow schema of a whole Parquet file that lies in memory. */
export function decodeParquetSchema(bytes: Uint8Array): Schema {
  const table: Table = readParquet(bytes);
  return RecordBatchReader.from(table.intoIPCStream()).open().schema;
}

function* readIpc(bytes: Uint8Array): Generator<RecordBatch> {
  const reader = RecordBatchReader.from(bytes).open();
  for (const batch of reader) {
    yield makeBatch(reader.schema, batch.data.children, batch.numRows);
  }
}
