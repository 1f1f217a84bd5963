import type { RecordBatch } from 'apache-arrow';
import { type Rereadable, rereadableOf, rereadWhole, withRereading } from './batches/rereadable.js';
import { writeCsvBatches } from './csv/write.js';
import { type DatasetSource, isDataset } from './dataset/list-files.js';
import { type ReadDatasetOptions, readDatasetBatches } from './dataset/read.js';
import { writeDatasetDirectory } from './dataset/write.js';
import type { FileSummary } from './files/file-summary.js';
import { writeStandardOutput } from './files/standard-output.js';
import { type OutputFormat, outputFormat, standardStream } from './formats.js';
import { readIpcBatches } from './ipc/read.js';
import { writeIpcFile } from './ipc/write.js';
import { writeJsonLinesBatches } from './json/write.js';
import { openMedia } from './media/read.js';
import { type WriteParquetOptions, writeParquetFile } from './parquet/write.js';
import { fileAgain, readFileBatches } from './read-file.js';
import { selectColumns } from './schema/select-columns.js';

export { outputFormat } from './formats.js';

/** What {@link readBatches} can be told; some options count for datasets alone. */
export interface ReadOptions extends ReadDatasetOptions {
  /** What '-' reads. Default: `process.stdin`. */
  stdin?: AsyncIterable<Uint8Array>;
}

/** What {@link writeBatches} can be told; the Parquet options count for Parquet alone. */
export interface WriteOptions extends WriteParquetOptions {
  /** Makes the output a directory, partitioned by these columns: see `writeDatasetDirectory`. */
  partitionBy?: readonly string[] | undefined;
  /** Whether CSV gets a `'` before texts that spreadsheets would run. Default: false. */
  guard?: boolean | undefined;
  /** What '-' writes to. Default: `process.stdout`. */
  stdout?: NodeJS.WritableStream;
}

/**
 * Reads data as record batches: one file, or a dataset, which is a directory, a pattern or a list of
 * several files; or a folder of images, sounds or clips, by the extensions of what lies in it. A file is CSV if its name ends in `.csv` or `.tsv`, JSON lines if it ends
 * in `.jsonl` or `.ndjson`, else in the format that its first bytes show; '-' is an Arrow IPC stream on standard input.
 *
 * Nothing is opened before the first batch is asked for. All batches have one schema object; no
 * rows give one batch without rows.
 *
 * @throws FileError if a file cannot be opened or read.
 * @throws FormatError if it is in none of the formats, or damaged.
 * @throws SchemaError if it lacks one of the columns, or files of a dataset do not fit together.
 * @throws DataError if a folder holds media of several kinds, or media besides tables.
 */
export function readBatches(
  source: DatasetSource,
  options: ReadOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = source === standardStream ? undefined : readAgain(source, options);
  return withRereading(readOnce(source, options), again);
}

/** Reads files once more, each as cheaply as its format lets. */
function readAgain(source: DatasetSource, { stdin: _, ...options }: ReadOptions): Rereadable {
  const { columns: own } = options;
  const open = async (signal?: AbortSignal): Promise<Rereadable> => {
    if (!(await isDataset(source))) return fileAgain([source].flat()[0] as string, own, options);
    const media = await openMedia([source].flat(), signal);
    if (media) return rereadWhole((given) => readOnce(source, { ...options, signal: given }));
    return rereadableOf(readDatasetBatches(source, options)) as Rereadable;
  };
  return {
    count: async (signal) => (await open(signal)).count(signal),
    async *read(request = {}) {
      yield* (await open(request.signal)).read(request);
    },
  };
}

async function* readOnce(
  source: DatasetSource,
  { stdin, ...options }: ReadOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  const { columns, signal } = options;
  signal?.throwIfAborted();
  if (source === standardStream) {
    const name = 'standard input';
    const batches = readIpcBatches(stdin ?? process.stdin, signal ? { name, signal } : { name });
    yield* columns ? selectColumns(batches, columns, name) : batches;
  } else if (await isDataset(source)) {
    const media = await openMedia([source].flat(), signal);
    if (!media) yield* readDatasetBatches(source, options);
    else yield* columns ? selectColumns(media, columns, String(source)) : media;
  } else {
    const { csv, jsonLines } = options;
    yield* readFileBatches([source].flat()[0] as string, { columns, signal, csv, jsonLines });
  }
}

/**
 * Writes record batches to a data file, in the format of its extension; '-' is an Arrow IPC stream
 * on standard output; with `partitionBy` a directory of Parquet files. It appears whole or not at all.
 *
 * @throws InvalidOptionError for an unknown extension, before anything is read.
 * @throws SchemaError if a batch has other columns than the first, or there is no batch.
 * @throws FileError if the output cannot be written.
 */
export async function writeBatches(
  path: string,
  batches: AsyncIterable<RecordBatch>,
  { stdout, partitionBy, guard, ...options }: WriteOptions = {},
): Promise<FileSummary<OutputFormat | 'parquet-dataset'>> {
  if (partitionBy !== undefined) {
    return writeDatasetDirectory(path, batches, { ...options, partitionBy });
  }
  const format = outputFormat(path);
  const { signal } = options;
  if (path === standardStream)
    return writeStandardOutput(stdout ?? process.stdout, batches, signal);
  if (format === 'csv') return writeCsvBatches(path, batches, { guard, signal });
  if (format === 'json-lines') return writeJsonLinesBatches(path, batches, { signal });
  if (format === 'parquet') return writeParquetFile(path, batches, options);
  return writeIpcFile(path, batches, signal ? { format, signal } : { format });
}
