import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { abortable } from '../../threads/abortable.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { mapAhead } from '../batches/map-ahead.js';
import { writeAtomically } from '../files/atomic.js';
import type { FileSummary } from '../files/file-summary.js';
import { commonOptions } from '../reader-options.js';
import { sameColumns } from '../schema/same-columns.js';
import { encodeParquetBy } from './engine/encode.js';
import { openEngineThreads } from './engine/threads.js';
import { createRowGroupWriter } from './row-group-writer.js';
import { splitRowGroups } from './split.js';
import { storableBatches } from './types/storable.js';
import { checkParquetOptions, type ParquetOptions, parquetShape } from './write-options.js';

/** What {@link writeParquetFile} can be told. */
export interface WriteParquetOptions extends ParquetOptions {
  /** Stops the writing: the promise rejects with its reason, and no file appears. */
  signal?: AbortSignal | undefined;
}

/** The options of `writeParquet`. */
export const writeParquetOptions = object<WriteParquetOptions>({
  ...parquetShape,
  signal: commonOptions.signal,
});

/**
 * Writes batches as a Parquet file, which appears whole or not at all.
 *
 * Memory holds the row group that is filled, one that is written, and one for each of `threads`. Metadata of the schema and of its fields is kept, both as
 * key-value metadata for everyone and as `ARROW:schema` for Arrow readers.
 *
 * @throws InvalidOptionError for an option that cannot be used, before anything is read or written.
 * @throws SchemaError if a batch has other columns than the first, a column has no Parquet type, or
 *   there is no batch at all; send one without rows to write a file without rows.
 * @throws FileError if the file cannot be written.
 */
export async function writeParquetFile(
  path: string,
  batches: BatchSource,
  given: WriteParquetOptions = {},
): Promise<FileSummary<'parquet'>> {
  checkOptions(writeParquetOptions, given);
  const { signal, ...options } = given;
  const checked = checkParquetOptions(options);
  return writeAtomically(path, async (sink) => {
    const source = storableBatches(sameColumns(abortable(toBatches(batches), signal), path), path);
    const writer = createRowGroupWriter(path, sink, checked);
    const threads = openEngineThreads(checked.threads);
    try {
      const groups = splitRowGroups(source, checked.rowGroupRows);
      const parts = mapAhead(groups, threads.count, async ({ schema, pieces }) => ({
        schema,
        part: await encodeParquetBy(threads.encode, schema, pieces, checked),
      }));
      for await (const { schema, part } of parts) await writer.append(schema, part);
    } finally {
      await threads.close();
    }
    const rows = await writer.finish();
    signal?.throwIfAborted();
    return { path, format: 'parquet', rows, bytes: sink.position };
  });
}
