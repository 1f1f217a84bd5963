import type { RecordBatch } from 'apache-arrow';
import type { ColumnMetaData } from 'hyparquet';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { makeBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { openFileRange } from '../files/range-reader.js';
import { guardDecodingAsync } from '../parquet/engine/guard.js';
import { parquetMagic } from '../parquet/format/footer.js';
import { readLayout } from '../parquet/format/layout.js';
import { readRowGroupFile } from '../parquet/format/row-group.js';
import { commonOptions } from '../reader-options.js';
import { checkParquetJsPages } from './check-pages.js';
import { decodeRowGroup } from './decode.js';
import { type FlatColumn, flatColumns } from './guard.js';
import { loadParquetJs } from './library.js';
import { assertSafe } from './safe-footer.js';

/** What {@link readParquetJsBatches} can be told. */
export interface ReadParquetJsOptions {
  /** Columns to read, given in the order of the file. Default: all. */
  columns?: readonly string[];
  /** Stops the reading: the iteration rejects with its reason. */
  signal?: AbortSignal;
}

/** The options of `readParquetJs`. */
export const readParquetJsOptions = object<ReadParquetJsOptions>({
  columns: commonOptions.columns,
  signal: commonOptions.signal,
});

/**
 * Reads a Parquet file by parquetjs-lite, as one record batch a row group.
 *
 * Only files that parquetjs-lite wrote, with columns that it keeps exactly, are opened: of others it
 * can return wrong values without a word. Nothing is opened before the first batch is asked for.
 *
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError if it is no Parquet file, damaged, or not safe to read this way.
 * @throws SchemaError if it lacks one of `columns`, or a column has another type or a name that
 *   parquetjs-lite confuses.
 * @throws InvalidOptionError if parquetjs-lite is not installed.
 */
export async function* readParquetJsBatches(
  path: string,
  options: ReadParquetJsOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readParquetJsOptions, options);
  const { columns, signal } = options;
  signal?.throwIfAborted();
  const library = await loadParquetJs();
  const reader = await openFileRange(path);
  try {
    const { footer, projection, schema } = await readLayout(reader, {
      columns,
      check: ({ metadata }) => assertSafe(path, metadata),
    });
    const flat = flatColumns(schema, 'readParquet');
    let rows = 0;
    for (const [index, group] of footer.metadata.row_groups.entries()) {
      signal?.throwIfAborted();
      const data = await guardDecodingAsync(path, `row group ${index}`, footer, async () => {
        const bytes = await readRowGroupFile(reader, footer, projection, index);
        const chunks = projection.leaves.map((leaf) => group.columns[leaf]?.meta_data);
        checkChunks(bytes, chunks as ColumnMetaData[], flat);
        return decodeRowGroup(library, bytes, flat, Number(group.num_rows));
      });
      rows += Number(group.num_rows);
      if (group.num_rows > 0) yield makeBatch(schema, data, Number(group.num_rows));
    }
    if (rows === 0) yield emptyBatch(schema);
  } finally {
    await reader.close();
  }
}

/** Looks at the pages of a small file's chunks, which follow each other. */
function checkChunks(
  bytes: Uint8Array,
  chunks: readonly ColumnMetaData[],
  columns: readonly FlatColumn[],
): void {
  let start = parquetMagic.length;
  for (const [index, chunk] of chunks.entries()) {
    const end = start + Number(chunk.total_compressed_size);
    checkParquetJsPages(bytes.subarray(start, end), chunk, columns[index] as FlatColumn);
    start = end;
  }
}
