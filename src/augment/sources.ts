import type { RecordBatch } from 'apache-arrow';
import { readIpcBatches } from '../data/ipc/read.js';
import { readParquetBatches } from '../data/parquet/read.js';
import { type BatchStream, batchStream } from './batch-stream.js';

type ReadParquetOptions = Omit<NonNullable<Parameters<typeof readParquetBatches>[1]>, 'signal'>;

/** Record batches of a Parquet file, a row group at a time. Opens the file when subscribed to. */
export function readParquet(path: string, options?: ReadParquetOptions): BatchStream {
  return batchStream((signal) => readParquetBatches(path, { ...options, signal }));
}

/** Record batches of an Arrow IPC file or stream. Opens the file when subscribed to. */
export function readArrow(path: string): BatchStream {
  return batchStream((signal) => readIpcBatches(path, { signal }));
}

/** Record batches that are in memory already, such as `table.batches`, or that an iterable makes. */
export function fromBatches(
  batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>,
): BatchStream {
  return batchStream(async function* () {
    yield* batches;
  });
}
