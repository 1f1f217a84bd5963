import type { RecordBatch } from 'apache-arrow';
import { Observable } from 'rxjs';
import { type BatchSource, toBatches } from '../../data/batches/batch-source.js';
import { type WriteCsvOptions, writeCsvBatches } from '../../data/csv/write.js';
import { writeCsvOptions } from '../../data/csv/write-options.js';
import {
  type WriteDatasetOptions,
  writeDatasetDirectory,
  writeDatasetOptions,
} from '../../data/dataset/write.js';
import type { ByteTarget } from '../../data/files/byte-target.js';
import type { FileSummary } from '../../data/files/file-summary.js';
import { type WriteIpcOptions, writeIpcBatches, writeIpcOptions } from '../../data/ipc/write.js';
import {
  type WriteJsonLinesOptions,
  writeJsonLinesBatches,
  writeJsonLinesOptions,
} from '../../data/json/write.js';
import { writeParquetFile, writeParquetOptions } from '../../data/parquet/write.js';
import { checkOptions } from '../../options/check.js';
import { closeOnAbort } from '../../threads/close-on-abort.js';

type WriteParquetOptions = Omit<NonNullable<Parameters<typeof writeParquetFile>[2]>, 'signal'>;

/**
 * Writes the batches to a Parquet file, which appears when the source completes, whole or not at
 * all. Emits one summary; unsubscribing before removes what was written.
 */
export function writeParquet(path: string, options?: WriteParquetOptions): BatchSink {
  checkOptions(writeParquetOptions, options);
  return sink((batches, signal) => writeParquetFile(path, batches, { ...options, signal }));
}

/**
 * Writes the batches to a directory of Parquet files, one for each value of the columns
 * `partitionBy`, under the terms of `writeParquet`: `year=2026/month=1/part-0.parquet`.
 */
export function writeDataset(
  directory: string,
  options?: Omit<WriteDatasetOptions, 'signal'>,
): BatchSink {
  checkOptions(writeDatasetOptions, options);
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
): BatchSink {
  checkOptions(writeIpcOptions, options);
  return sink((batches, signal) => writeIpcBatches(target, batches, { ...options, signal }));
}

/**
 * Writes the batches as CSV, to a file or a stream, under the terms of `writeArrow`. `guard: true` keeps
 * spreadsheets from running texts such as `=1+1`.
 */
export function writeCsv(target: ByteTarget, options?: Omit<WriteCsvOptions, 'signal'>): BatchSink {
  checkOptions(writeCsvOptions, options);
  return sink((batches, signal) => writeCsvBatches(target, batches, { ...options, signal }));
}

/** Writes the batches as JSON lines (NDJSON), an object a row, under the terms of `writeArrow`. */
export function writeJsonLines(
  target: ByteTarget,
  options?: Omit<WriteJsonLinesOptions, 'signal'>,
): BatchSink {
  checkOptions(writeJsonLinesOptions, options);
  return sink((batches, signal) => writeJsonLinesBatches(target, batches, { ...options, signal }));
}

/** What writes the batches of a source; an operator that emits one summary. */
export type BatchSink = (source: BatchSource) => Observable<FileSummary>;

/** An operator that writes the batches, and emits one summary; unsubscribing stops the writing. */
export function sink(
  write: (batches: AsyncIterable<RecordBatch>, signal: AbortSignal) => Promise<FileSummary>,
): BatchSink {
  return (source) => {
    const batches = toBatches(source);
    return new Observable((subscriber) => {
      const controller = new AbortController();
      const { signal } = controller;
      write(closeOnAbort(batches, signal), signal).then(
        (summary) => {
          subscriber.next(summary);
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(error),
      );
      return () => controller.abort();
    });
  };
}
