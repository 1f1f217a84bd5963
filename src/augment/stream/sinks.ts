import type { RecordBatch } from 'apache-arrow';
import { Observable, type OperatorFunction } from 'rxjs';
import { type WriteDatasetOptions, writeDatasetDirectory } from '../../data/dataset/write.js';
import type { ByteTarget } from '../../data/files/byte-target.js';
import type { FileSummary } from '../../data/files/file-summary.js';
import { type WriteIpcOptions, writeIpcBatches } from '../../data/ipc/write.js';
import { writeParquetFile } from '../../data/parquet/write.js';
import { pull } from './batch-stream.js';

type WriteParquetOptions = Omit<NonNullable<Parameters<typeof writeParquetFile>[2]>, 'signal'>;

/**
 * Writes the batches to a Parquet file, which appears when the source completes, whole or not at
 * all. Emits one summary; unsubscribing before removes what was written.
 */
export function writeParquet(
  path: string,
  options?: WriteParquetOptions,
): OperatorFunction<RecordBatch, FileSummary> {
  return sink((batches, signal) => writeParquetFile(path, batches, { ...options, signal }));
}

/**
 * Writes the batches to a directory of Parquet files, one for each value of the columns
 * `partitionBy`, under the terms of `writeParquet`: `year=2026/month=1/part-0.parquet`.
 */
export function writeDataset(
  directory: string,
  options?: Omit<WriteDatasetOptions, 'signal'>,
): OperatorFunction<RecordBatch, FileSummary> {
  return sink((batches, signal) =>
    writeDatasetDirectory(directory, batches, { ...options, signal }),
  );
}

/**
 * Writes the batches as Arrow IPC: to a file, under the terms of `writeParquet`, or to a Node or web
 * stream, no faster than it takes them. The stream is ended with the source, and destroyed when the
 * source fails or the operator is unsubscribed from.
 */
export function writeArrow(
  target: ByteTarget,
  options?: Omit<WriteIpcOptions, 'signal'>,
): OperatorFunction<RecordBatch, FileSummary> {
  return sink((batches, signal) => writeIpcBatches(target, batches, { ...options, signal }));
}

/** An operator that writes the batches, and emits one summary; unsubscribing stops the writing. */
export function sink(
  write: (batches: AsyncIterable<RecordBatch>, signal: AbortSignal) => Promise<FileSummary>,
): OperatorFunction<RecordBatch, FileSummary> {
  return (source) =>
    new Observable((subscriber) => {
      const controller = new AbortController();
      write(pull(source), controller.signal).then(
        (summary) => {
          subscriber.next(summary);
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(error),
      );
      return () => controller.abort();
    });
}
