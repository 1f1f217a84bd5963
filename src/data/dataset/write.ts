import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { listOf, object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { text, wholeNumber } from '../../options/values.js';
import { abortable } from '../../threads/abortable.js';
import { makeBatch } from '../batches/batch.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { gatherRuns } from '../batches/interleave.js';
import { withClosingMetadata } from '../files/closing-metadata.js';
import type { FileSummary } from '../files/file-summary.js';
import { openEngineThreads } from '../parquet/engine/threads.js';
import { storableBatches } from '../parquet/types/storable.js';
import {
  checkParquetOptions,
  type ParquetOptions,
  parquetShape,
} from '../parquet/write-options.js';
import { commonOptions } from '../reader-options.js';
import { sameColumns } from '../schema/same-columns.js';
import { writeDirectoryAtomically } from './output-directory.js';
import { assertPartitionable, checkPartitionBy, partitionRows } from './partition-rows.js';
import { createPartitionWriter, type PartitionWriter } from './partition-writer.js';

/** What {@link writeDatasetDirectory} can be told. */
export interface WriteDatasetOptions extends ParquetOptions {
  /** Columns whose values become directories `name=value`, from the outermost. Default: none. */
  partitionBy?: readonly string[] | undefined;
  /** Partitions that there may be, at most. Default: 1,024. */
  maxPartitions?: number | undefined;
  /** Stops the writing: the promise rejects with its reason, and no directory appears. */
  signal?: AbortSignal | undefined;
}

export const partitionByOption = about(
  'write a directory of files, one for each value of these columns',
  listOf(text('the name of a column'), 'an array of names of columns'),
);

/** The options of `writeDataset`. */
export const writeDatasetOptions = object<WriteDatasetOptions>({
  ...parquetShape,
  partitionBy: partitionByOption,
  maxPartitions: about(
    'partitions that there may be, at most (default: 1024)',
    wholeNumber({ from: 1 }),
  ),
  signal: commonOptions.signal,
});

/** What was written. */
export interface DatasetSummary extends FileSummary<'parquet-dataset'> {
  /** The files that were written, by path. */
  readonly files: number;
}

/** Bytes that wait in all partitions together, about. */
const mostWaiting = 128 * 2 ** 20;
const fileName = 'part-0.parquet';

/**
 * Writes batches as a directory of Parquet files, which appears whole or not at all: a file
 * `part-0.parquet` in each directory `year=2026/month=1` in the manner of Hive, without the columns
 * that name the directories. Rows keep their order within a partition.
 *
 * Memory holds some 128 MiB of rows; where that is not enough for full row groups in all partitions,
 * some are shorter. Data without rows become one file with all columns. What is only known when all
 * rows are there, such as the outcome of an augmentation, stands in the footer of each file.
 *
 * @throws InvalidOptionError for an option that cannot be used, before anything is read or written.
 * @throws FileError if something is at `path` other than an empty directory, or it cannot be written.
 * @throws SchemaError as `writeParquetFile`, or if a column cannot partition a dataset.
 * @throws DataError for a value that cannot name a directory, or too many partitions.
 */
export async function writeDatasetDirectory(
  path: string,
  batches: BatchSource,
  given: WriteDatasetOptions = {},
): Promise<DatasetSummary> {
  checkOptions(writeDatasetOptions, given);
  const { partitionBy = [], maxPartitions = 1024, signal, ...options } = given;
  const checked = checkParquetOptions(options);
  checkPartitionBy(partitionBy);
  return writeDirectoryAtomically(path, async (output) => {
    const source = storableBatches(sameColumns(abortable(toBatches(batches), signal), path), path);
    // One row group at a time: threads keep the calling one free, and are no faster.
    const threads = openEngineThreads(checked.threads ?? 0);
    try {
      const open: OpenPartition = async (directory, schema) => {
        const sink = await output.createFile(directory, fileName);
        return createPartitionWriter(path, sink, schema, checked, threads.encode);
      };
      const partitions = createPartitions(path, open, partitionBy, maxPartitions);
      for await (const batch of source) await partitions.add(batch);
      const totals = await partitions.finish();
      signal?.throwIfAborted();
      return { path, format: 'parquet-dataset', ...totals };
    } finally {
      await threads.close();
    }
  });
}

type OpenPartition = (directory: string, schema: Schema) => Promise<PartitionWriter>;

function createPartitions(
  path: string,
  openPartition: OpenPartition,
  partitionBy: readonly string[],
  most: number,
) {
  const writers = new Map<string, PartitionWriter>();
  let whole: Schema | undefined;
  let schema: Schema | undefined;

  async function open(directory: string, columns: Schema): Promise<PartitionWriter> {
    if (writers.size === most) {
      throw new DataError(
        `dataset would have more than ${most} partitions: ${path} by ${partitionBy.join(', ')}. Choose columns with fewer values, or raise maxPartitions`,
      );
    }
    const writer = await openPartition(directory, columns);
    writers.set(directory, writer);
    return writer;
  }

  async function relieve(): Promise<void> {
    const all = [...writers.values()];
    const waiting = all.reduce((sum, writer) => sum + writer.waiting, 0);
    if (waiting <= mostWaiting) return;
    // The biggest first, until half is free: then row groups are as long as can be.
    let left = waiting;
    for (const writer of all.sort((a, b) => b.waiting - a.waiting)) {
      if (left <= mostWaiting / 2) break;
      left -= writer.waiting;
      await writer.flush();
    }
  }

  return {
    async add(batch: RecordBatch): Promise<void> {
      if (!whole) assertPartitionable(batch.schema, partitionBy);
      whole ??= batch.schema;
      schema ??= without(batch.schema, partitionBy);
      if (batch.numRows === 0) return;
      const rows = withoutColumns(schema, batch, partitionBy);
      for (const [directory, runs] of partitionRows(batch, partitionBy)) {
        const writer = writers.get(directory) ?? (await open(directory, schema));
        await writer.add(gatherRuns(schema, [rows], runs));
      }
      await relieve();
    },
    async finish() {
      if (writers.size === 0) await open('', whole as Schema);
      const totals = { rows: 0, bytes: 0, files: writers.size };
      for (const writer of writers.values()) {
        const { rows, bytes } = await writer.finish();
        totals.rows += rows;
        totals.bytes += bytes;
      }
      return totals;
    },
  };
}

function without(schema: Schema, columns: readonly string[]): Schema {
  const fields = schema.fields.filter(({ name }) => !columns.includes(name));
  return withClosingMetadata(schema, new Schema(fields, schema.metadata));
}

function withoutColumns(
  schema: Schema,
  { data, schema: { fields }, numRows }: RecordBatch,
  columns: readonly string[],
): RecordBatch {
  const kept = data.children.filter((_, k) => !columns.includes(fields[k]?.name ?? ''));
  return makeBatch(schema, kept as Data[], numRows);
}
