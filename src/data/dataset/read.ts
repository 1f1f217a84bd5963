import type { RecordBatch } from 'apache-arrow';
import { checkOptions } from '../../options/check.js';
import { emptyBatch } from '../batches/interleave.js';
import { withRereading } from '../batches/rereadable.js';
import type { RowSelection } from '../batches/row-selection.js';
import { fileAgain } from '../read-file.js';
import { planDataset } from './layout.js';
import { type DatasetSource, listFiles } from './list-files.js';
import { type ReadDatasetOptions, readDatasetOptions } from './options.js';
import { readFiles, readRowsOfFiles } from './read-files.js';

export { type ReadDatasetOptions, readDatasetOptions } from './options.js';

/**
 * Reads many files as one stream of record batches, one file after the other: all files below a
 * directory, those that a pattern matches, or those of a list, in any format that is read.
 *
 * Directories `name=value` become columns behind those of the files: of type int64 if all values
 * are such, else text; `__HIVE_DEFAULT_PARTITION__` is null. A column of that name that the files
 * have themselves is left as it is. Columns of files are matched by name: their order does not count,
 * nor whether they are dictionaries or plain, plain or large or view strings, or nullable; a column is
 * of the type that holds the values of all, and null in files that lack it. The first file's metadata
 * is kept. All batches have one schema object; no rows give one batch without rows.
 *
 * @throws InvalidOptionError for an option that cannot be used.
 * @throws FileError if there is no file, or one cannot be read.
 * @throws FormatError if a file is in none of the formats, or damaged.
 * @throws SchemaError if columns of files do not fit together, naming the file and the column, or files
 *   lie in other partitions; or if the dataset lacks one of `columns`. Of CSV and JSON lines alone after rows were read.
 */
export function readDatasetBatches(
  source: DatasetSource,
  options: ReadDatasetOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  return withRereading(readOnce(source, options), {
    count: (signal) => countRows(source, signal),
    async *read({ columns = options.columns, rows, signal } = {}) {
      yield* readOnce(source, { ...options, columns, signal }, rows);
    },
  });
}

/** Rows of all files together; undefined if one does not say how many it has. */
async function countRows(source: DatasetSource, signal?: AbortSignal): Promise<number | undefined> {
  let sum = 0;
  for (const { path } of await listFiles(source)) {
    const count = await fileAgain(path).count(signal);
    if (count === undefined) return undefined;
    sum += count;
  }
  return sum;
}

async function* readOnce(
  source: DatasetSource,
  options: ReadDatasetOptions,
  rows?: RowSelection,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readDatasetOptions, options);
  const { signal } = options;
  signal?.throwIfAborted();
  const files = await listFiles(source);
  const layout = await planDataset(files, options);
  let isEmpty = true;
  const batches = rows
    ? readRowsOfFiles(files, layout, rows, options)
    : readFiles(files, layout, options);
  for await (const batch of batches) {
    if (batch.numRows === 0) continue;
    isEmpty = false;
    yield batch;
  }
  if (isEmpty) yield emptyBatch(layout.schema);
}
