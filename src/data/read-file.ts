import type { RecordBatch, Schema } from 'apache-arrow';
import { type Rereadable, rereadableOf, withRereading } from './batches/rereadable.js';
import { readCsvBatches } from './csv/read.js';
import { detectFormat, textFormat } from './formats.js';
import { readIpcBatches } from './ipc/read.js';
import { readJsonLinesBatches } from './json/read.js';
import { readParquetBatches, readParquetSchema } from './parquet/read.js';
import type { TextFileOptions } from './text-files.js';

/** What {@link readFileBatches} can be told. */
export interface ReadFileOptions extends TextFileOptions {
  /** Columns to read, given in the order of the file. Default: all. */
  columns?: readonly string[] | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Reads one data file as record batches: CSV if its name ends in `.csv` or `.tsv`, JSON lines if it
 * ends in `.jsonl` or `.ndjson`, else the format that its first bytes show.
 *
 * @param path a path; of Parquet and Arrow also an address on the web.
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError if it is in none of the formats, or damaged.
 * @throws SchemaError if it lacks one of the columns.
 */
export function readFileBatches(
  path: string,
  options: ReadFileOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  return withRereading(readOnce(path, options), fileAgain(path, options.columns, options));
}

/** Reads a data file once more, as cheaply as its format lets. */
export function fileAgain(
  path: string,
  own?: readonly string[],
  texts: TextFileOptions = {},
): Rereadable {
  const open = async (signal?: AbortSignal) =>
    rereadableOf(await openFormat(path, texts, signal)) as Rereadable;
  return {
    count: async (signal) => (await open(signal)).count(signal),
    async *read({ columns = own, rows, signal } = {}) {
      yield* (await open(signal)).read({ columns, rows, signal });
    },
  };
}

async function* readOnce(
  path: string,
  { columns, signal, ...texts }: ReadFileOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  signal?.throwIfAborted();
  yield* fileAgain(path, undefined, texts).read({ columns, signal });
}

async function openFormat(path: string, { csv, jsonLines }: TextFileOptions, signal?: AbortSignal) {
  const options = signal ? { signal } : {};
  const text = textFormat(path);
  if (text === 'csv') return readCsvBatches(path, { ...csv, ...options });
  if (text === 'json-lines') return readJsonLinesBatches(path, { ...jsonLines, ...options });
  if ((await detectFormat(path, signal)) === 'parquet') return readParquetBatches(path, options);
  return readIpcBatches(path, options);
}

/**
 * The schema of a data file, if its start or its end tells, as those of Parquet and Arrow do; undefined
 * for CSV and JSON lines, of which rows say it.
 *
 * @throws as {@link readFileBatches}.
 */
export async function peekSchema(path: string, signal?: AbortSignal): Promise<Schema | undefined> {
  if (textFormat(path) !== undefined) return undefined;
  if ((await detectFormat(path, signal)) === 'parquet') return readParquetSchema(path, { signal });
  return firstSchema(path, signal);
}

/**
 * The schema of a data file, from its footer or its first batch.
 *
 * @throws as {@link readFileBatches}.
 */
export async function readSchema(
  path: string,
  signal?: AbortSignal,
  texts: TextFileOptions = {},
): Promise<Schema> {
  return (await peekSchema(path, signal)) ?? firstSchema(path, signal, texts);
}

async function firstSchema(
  path: string,
  signal?: AbortSignal,
  texts: TextFileOptions = {},
): Promise<Schema> {
  const batches = readFileBatches(path, { ...texts, signal });
  const { value } = await batches.next();
  await batches.return();
  return (value as RecordBatch).schema;
}
