import type { RecordBatch, Schema } from 'apache-arrow';
import { FormatError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { oneOf, wholeNumber } from '../../options/values.js';
import { batchLength } from '../batches/batch-length.js';
import { emptyBatch } from '../batches/interleave.js';
import { type Rereadable, withRereading } from '../batches/rereadable.js';
import type { RowSelection } from '../batches/row-selection.js';
import type { RangeReader } from '../files/range-reader.js';
import { commonOptions } from '../reader-options.js';
import { assertSameSchema } from '../schema/schema.js';
import { openSource } from '../source/open-source.js';
import type { RangeSource } from '../source/range-source.js';
import { decodeParquet } from './engine/engine.js';
import { guardDecoding, guardDecodingAsync } from './engine/guard.js';
import { decodeSlices } from './engine/slices.js';
import { type ParquetFooter, readFooter } from './format/footer.js';
import { readLayout, restoreBatch } from './format/layout.js';
import { isSuspicious } from './format/row-costs.js';
import { type RowGroupFile, readRowGroup } from './format/row-group.js';
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
   * Rows of a batch, at most, and fewer where rows are wide. Each batch is then decoded when it is
   * asked for, and holds the event loop no longer than its rows take, however many a row group has; in
   * all it takes about twice as long. Default: 65,536, and a row group is decoded at once.
   */
  batchRows?: number | undefined;
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
  name: commonOptions.name,
  signal: commonOptions.signal,
});

/**
 * Reads a Parquet file as record batches of up to 65,536 rows, one row group in memory at a time.
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
  { columns, int96, batchRows }: Pick<ReadParquetOptions, 'columns' | 'int96' | 'batchRows'>,
  wanted: RowSelection | undefined,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const { name } = reader;
  const layout = await readLayout(reader, { columns, int96 });
  const { footer, projection, decoded, schema } = layout;
  let total = 0;
  for (const [index, group] of footer.metadata.row_groups.entries()) {
    const rows = Number(group.num_rows);
    if (rows === 0) continue;
    signal?.throwIfAborted();
    if (wanted && !wanted.meets(total, total + rows)) {
      total += rows;
      continue;
    }
    const part = await guardDecodingAsync(name, `row group ${index}`, footer, () =>
      readRowGroup(reader, footer, projection, index),
    );
    for (const batch of decode(name, footer, part, index, batchRows)) {
      assertSameSchema(decoded, batch.schema, `row group ${index} of ${name}`);
      const whole = restoreBatch(layout, batch);
      const part = wanted ? wanted.cut(whole, total) : whole;
      total += batch.numRows;
      if (part) yield part;
      signal?.throwIfAborted();
    }
  }
  if (total === 0) yield emptyBatch(schema);
}

function* decode(
  name: string,
  footer: ParquetFooter,
  { bytes, costs }: RowGroupFile,
  index: number,
  batchRows?: number,
) {
  const group = footer.metadata.row_groups[index];
  const expected = Number(group?.num_rows);
  const rowBytes = Number(group?.total_byte_size) / expected;
  const mostRows = batchRows && batchLength(batchRows, rowBytes);
  const batches = isSuspicious(costs, bytes.length)
    ? decodeSlices(bytes, expected, costs, `${name}, row group ${index}`, mostRows)
    : decodeParquet(bytes, mostRows);
  let rows = 0;
  try {
    while (true) {
      const step = guardDecoding(name, `row group ${index}`, footer, () => batches.next());
      if (step.done) break;
      rows += step.value.numRows;
      yield step.value;
    }
  } finally {
    batches.return(undefined);
  }
  if (rows !== expected) {
    throw new FormatError(
      `Parquet file is damaged: ${name} (row group ${index} has ${rows} rows of ${expected}). Write it again.`,
    );
  }
}
