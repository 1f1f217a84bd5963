import type { RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../batches/batch.js';
import type { RowSelection } from '../batches/row-selection.js';
import { fileAgain } from '../read-file.js';
import { castBatch } from '../schema/cast-data.js';
import { selectSchema } from '../schema/select-columns.js';
import { assertFits } from '../schema/unify-schemas.js';
import type { TextFileOptions } from '../text-files.js';
import type { DatasetLayout } from './layout.js';
import type { DatasetFile } from './list-files.js';
import { partitionColumn } from './partition-columns.js';

/** How files are read. */
interface FileReading extends TextFileOptions {
  readonly signal?: AbortSignal | undefined;
}

/** All rows of some files. */
export async function* readFiles(
  files: readonly DatasetFile[],
  layout: DatasetLayout,
  options: FileReading,
): AsyncGenerator<RecordBatch, void, undefined> {
  for (const file of files) yield* readFile(file, layout, options);
}

/** Some rows of some files; those without one stay closed, where their rows can be counted. */
export async function* readRowsOfFiles(
  files: readonly DatasetFile[],
  layout: DatasetLayout,
  rows: RowSelection,
  options: FileReading,
): AsyncGenerator<RecordBatch, void, undefined> {
  let start = 0;
  for (const file of files) {
    const count = await fileAgain(file.path, undefined, options).count(options.signal);
    if (count !== undefined) {
      const isWanted = rows.meets(start, start + count);
      if (isWanted) yield* readFile(file, layout, options, rows.from(start));
      start += count;
      continue;
    }
    for await (const batch of readFile(file, layout, options)) {
      const part = rows.cut(batch, start);
      start += batch.numRows;
      if (part) yield part;
    }
  }
}

/** The wanted rows of a file, as rows of the dataset. */
async function* readFile(
  { path, keys }: DatasetFile,
  { columns, fileSchema, ownSchema, partitions, schema }: DatasetLayout,
  { signal, csv, jsonLines }: FileReading,
  rows?: RowSelection,
): AsyncGenerator<RecordBatch, void, undefined> {
  const values = new Map(keys.map(({ name, value }) => [name, value]));
  const wanted = columns(path);
  const expected = wanted ? selectSchema(fileSchema, wanted) : fileSchema;
  const again = fileAgain(path, undefined, { csv, jsonLines });
  let checked: Schema | undefined;
  for await (const batch of again.read({ columns: wanted, rows, signal })) {
    // All batches of a file have one schema object.
    if (batch.schema !== checked) assertFits(expected, { name: path, schema: batch.schema });
    checked = batch.schema;
    const own = castBatch(ownSchema, batch).data.children;
    const added = partitions.map((field) =>
      partitionColumn(field, values.get(field.name) ?? null, batch.numRows),
    );
    yield makeBatch(schema, [...own, ...added], batch.numRows);
  }
}
