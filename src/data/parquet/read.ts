import type { RecordBatch, Schema } from 'apache-arrow';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { oneOf, wholeNumber } from '../../options/values.js';
import { emptyBatch } from '../batches/interleave.js';
import { mapAhead } from '../batches/map-ahead.js';
import { type Rereadable, withRereading } from '../batches/rereadable.js';
import type { RowSelection } from '../batches/row-selection.js';
import type { RangeReader } from '../files/range-reader.js';
import { commonOptions } from '../reader-options.js';
import { assertSameSchema } from '../schema/schema.js';
import { openSource } from '../source/open-source.js';
import type { RangeSource } from '../source/range-source.js';
import { engineThreads } from './engine/thread-option.js';
import { openEngineThreads } from './engine/threads.js';
import { readFooter } from './format/footer.js';
import { readLayout, restoreBatch } from './format/layout.js';
import { openRowGroup, rowGroupsOf, threadsFor } from './open-row-group.js';
import type { Int96Unit } from './types/restored.js';

/** What {@link readParquetBatches} can be told. */
export interface ReadParquetOptions {
  /** Top-level columns to read, given in the order of the file. Default: all. */
  columns?: readonly string[] | undefined;
  /**
   * The unit of instants of 96 bits (INT96), which only few files have, where no Arrow schema says it.
   * What does not fit is an error. Default: 'us'.
   */
  int96?: Int96Unit | undefined;
  /**
   * Rows of a batch, at most, and fewer where rows are wide. Where no thread decodes, each batch is
   * then decoded when it is asked for, and holds the event loop no longer than its rows take, however
   * many a row group has; in all it takes about twice as long. Default: 65,536, and a row group is
   * decoded at once.
   */
  batchRows?: number | undefined;
  /**
   * Threads that decode row groups, which all readings and writings of a process share; for each, one
   * row group is read ahead. 0 for the calling thread alone, which takes the least memory. Default: 2
   * for more than 16 MiB or so, and 0 on a machine of one core.
   */
  threads?: number | undefined;
  /** Names the source in messages, where it is neither a path nor an address. */
  name?: string | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** The options of `readParquet`. */
export const readParquetOptions = object<ReadParquetOptions>({
  columns: commonOptions.columns,
  int96: about('unit of timestamps that are kept as int96', oneOf(['us', 'ns'])),
  batchRows: about('rows of a batch, at most (default: 65536)', wholeNumber({ from: 1 })),
  threads: engineThreads('decode'),
  name: commonOptions.name,
  signal: commonOptions.signal,
});

/**
 * Reads a Parquet file as record batches of up to 65,536 rows, with one row group in memory at a time
 * and one more for each of `threads`.
 *
 * Only the footer and the wanted columns are read, by ranges. Nothing is opened before the first
 * batch is asked for; the source is closed at the end, on an error and when the iteration is left.
 * All batches have one and the same schema object. A file without
 * rows gives one batch without rows.
 *
 * @throws FileError if the source cannot be opened or read.
 * @throws FormatError if it is no Parquet file, damaged, or uses what the decoder does not know.
 * @throws SchemaError if it lacks one of `columns`.
 */
export function readParquetBatches(
  source: RangeSource,
  options: ReadParquetOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  return withRereading(readOnce(source, options), parquetAgain(source, options));
}

/** Reads Parquet once more: the footer says how many rows there are, and row groups without a wanted one stay where they are. */
export function parquetAgain(source: RangeSource, options: ReadParquetOptions): Rereadable {
  return {
    count: (signal) => countParquetRows(source, { ...options, signal }),
    read({ columns = options.columns, rows, signal } = {}) {
      return readOnce(source, { ...options, columns, signal }, rows);
    },
  };
}

async function* readOnce(
  source: RangeSource,
  given: ReadParquetOptions,
  rows?: RowSelection,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readParquetOptions, given);
  const { name, signal, ...options } = given;
  const reader = await openSource(source, { name, signal });
  try {
    yield* readRowGroups(reader, options, rows, signal);
  } catch (error) {
    // What an abort broke off may look like damage.
    signal?.throwIfAborted();
    throw error;
  } finally {
    await reader.close();
  }
}

/**
 * The schema of Parquet, from its footer.
 *
 * @throws as {@link readParquetBatches}.
 */
export async function readParquetSchema(
  source: RangeSource,
  { name, signal, ...options }: ReadParquetOptions = {},
): Promise<Schema> {
  const reader = await openSource(source, { name, signal });
  try {
    return (await readLayout(reader, options)).schema;
  } finally {
    await reader.close();
  }
}

/** Number of rows of Parquet, by its footer. */
async function countParquetRows(
  source: RangeSource,
  { name, signal }: ReadParquetOptions,
): Promise<number> {
  const reader = await openSource(source, { name, signal });
  try {
    return Number((await readFooter(reader)).metadata.num_rows);
  } finally {
    await reader.close();
  }
}

async function* readRowGroups(
  reader: RangeReader,
  options: Pick<ReadParquetOptions, 'columns' | 'int96' | 'batchRows' | 'threads'>,
  wanted: RowSelection | undefined,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const { columns, int96, batchRows } = options;
  const layout = await readLayout(reader, { columns, int96 });
  const { decoded, schema } = layout;
  const groups = rowGroupsOf(layout.footer);
  const asked = groups.filter(({ start, rows }) => !wanted || wanted.meets(start, start + rows));
  const threads = openEngineThreads(threadsFor(asked, options.threads));
  try {
    const opened = mapAhead(asked, threads.count, async (group) => {
      signal?.throwIfAborted();
      return { group, batches: await openRowGroup(reader, layout, group, threads, batchRows) };
    });
    for await (const { group, batches } of opened) {
      let { start } = group;
      for (const batch of batches) {
        assertSameSchema(decoded, batch.schema, `${group.name} of ${reader.name}`);
        const whole = restoreBatch(layout, batch);
        const part = wanted ? wanted.cut(whole, start) : whole;
        start += batch.numRows;
        if (part) yield part;
        signal?.throwIfAborted();
      }
    }
  } finally {
    await threads.close();
  }
  if (groups.length === 0) yield emptyBatch(schema);
}
