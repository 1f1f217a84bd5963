import { type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow';
import { makeBatch } from '../../batches/batch.js';
import { callEngine, isTrap } from './wasm.js';

/** Rows of a batch: the decoder's own default of 1,024 makes it several times slower. */
export const mostRows = 65_536;

/** Which rows are decoded by one call, and how many a batch has. */
interface Piece {
  readonly batchSize: number;
  readonly limit?: number;
  readonly offset?: number;
}

/**
 * Decodes a whole Parquet file that lies in memory, batch after batch: at once, or with `batchRows`
 * so many rows at a time, each when it is asked for.
 *
 * Raises whatever the decoder does: an Error, or a string.
 */
export function* decodeParquet(bytes: Uint8Array, batchRows?: number): Generator<RecordBatch> {
  if (batchRows === undefined || batchRows >= mostRows) {
    yield* decodeRows(bytes, { batchSize: mostRows });
    return;
  }
  let rows = batchRows;
  // Until there are no more, and not until as many as are claimed: more would be damage too.
  for (let offset = 0; rows === batchRows; offset += batchRows) {
    rows = 0;
    for (const batch of decodeRows(bytes, { batchSize: batchRows, limit: batchRows, offset })) {
      rows += batch.numRows;
      yield batch;
    }
  }
}

/** Decodes some rows by one call. */
export function* decodeRows(bytes: Uint8Array, piece: Partial<Piece>): Generator<RecordBatch> {
  for (const stream of decodeStreams(bytes, piece)) yield* readStream(stream);
}

/** Decodes some rows by one call: each batch as an Arrow IPC stream in memory of its own. */
export function* decodeStreams(
  bytes: Uint8Array,
  { batchSize = mostRows, ...piece }: Partial<Piece> = {},
): Generator<Uint8Array> {
  const table = callEngine((engine) => engine.readParquet(bytes, { batchSize, ...piece }));
  let sound = true;
  try {
    for (let index = 0; index < table.numBatches; index++) {
      // One batch at a time leaves WebAssembly, so that never two copies of all are alive.
      const stream = callEngine(() => table.recordBatch(index)?.intoIPCStream());
      if (stream) yield stream;
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

/** The batches of an Arrow IPC stream, which share its memory. */
export function* readStream(bytes: Uint8Array): Generator<RecordBatch> {
  const reader = RecordBatchReader.from(bytes).open();
  for (const batch of reader) {
    yield makeBatch(reader.schema, batch.data.children, batch.numRows);
  }
}
