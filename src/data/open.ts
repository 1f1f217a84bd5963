import type { RecordBatch } from 'apache-arrow';
import { readCsvBatches } from './csv/read.js';
import type { FileSummary } from './file-summary.js';
import {
  detectFormat,
  type FileFormat,
  isCsvPath,
  outputFormat,
  standardStream,
} from './formats.js';
import { readIpcBatches } from './ipc/read.js';
import { writeIpcFile } from './ipc/write.js';
import { readParquetBatches } from './parquet/read.js';
import { type WriteParquetOptions, writeParquetFile } from './parquet/write.js';
import { writeStandardOutput } from './standard-output.js';

export { outputFormat } from './formats.js';

/** What {@link readBatches} can be told. */
export interface ReadOptions {
  /** Stops the reading: the iteration rejects with its reason. */
  signal?: AbortSignal;
  /** What '-' reads. Default: `process.stdin`. */
  stdin?: AsyncIterable<Uint8Array>;
}

/** What {@link writeBatches} can be told; the Parquet options count for Parquet alone. */
export interface WriteOptions extends WriteParquetOptions {
  /** What '-' writes to. Default: `process.stdout`. */
  stdout?: NodeJS.WritableStream;
}

/**
 * Reads a data file as record batches: CSV if its name ends in `.csv` or `.tsv`, else the format that
 * its first bytes show; '-' is an Arrow IPC stream on standard input.
 *
 * Nothing is opened before the first batch is asked for. All batches have one schema object; no
 * rows give one batch without rows.
 *
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError if it is in none of the formats, or damaged.
 */
export async function* readBatches(
  path: string,
  { signal, stdin }: ReadOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  signal?.throwIfAborted();
  const options = signal ? { signal } : {};
  if (path === standardStream) {
    yield* readIpcBatches(stdin ?? process.stdin, { ...options, name: 'standard input' });
  } else if (isCsvPath(path)) {
    yield* readCsvBatches(path, options);
  } else if ((await detectFormat(path)) === 'parquet') {
    yield* readParquetBatches(path, options);
  } else {
    yield* readIpcBatches(path, options);
  }
}

/**
 * Writes record batches to a data file, in the format of its extension; '-' is an Arrow IPC stream
 * on standard output. A file appears whole or not at all.
 *
 * @throws InvalidOptionError for an unknown extension, before anything is read.
 * @throws SchemaError if a batch has other columns than the first, or there is no batch.
 * @throws FileError if the output cannot be written.
 */
export async function writeBatches(
  path: string,
  batches: AsyncIterable<RecordBatch>,
  { stdout, ...options }: WriteOptions = {},
): Promise<FileSummary<FileFormat>> {
  const format = outputFormat(path);
  const { signal } = options;
  if (path === standardStream)
    return writeStandardOutput(stdout ?? process.stdout, batches, signal);
  if (format === 'parquet') return writeParquetFile(path, batches, options);
  return writeIpcFile(path, batches, signal ? { format, signal } : { format });
}
