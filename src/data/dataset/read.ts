import { type Field, type RecordBatch, Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object, recordOf } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { oneOf } from '../../options/values.js';
import { makeBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { peekSchema, readFileBatches, readSchema } from '../read-file.js';
import { commonOptions } from '../reader-options.js';
import { castBatch } from '../schema/cast-data.js';
import { assertColumns, selectSchema } from '../schema/select-columns.js';
import { assertFits, type NamedSchema, unifySchemas } from '../schema/unify-schemas.js';
import { type DatasetFile, type DatasetSource, listFiles } from './list-files.js';
import { type PartitionType, partitionColumn, partitionFields } from './partition-columns.js';

/** What {@link readDatasetBatches} can be told. */
export interface ReadDatasetOptions {
  /** Columns to read, partitions among them, given in the order of the dataset. Default: all. */
  columns?: readonly string[] | undefined;
  /** Whether directories `name=value` become columns. Default: 'hive', which is yes. */
  partitioning?: 'hive' | 'none' | undefined;
  /** What partitions are read as, where it is not to be inferred: `{ zip: 'utf8' }`. */
  partitionTypes?: Readonly<Record<string, PartitionType>> | undefined;
  /** Stops the reading: the iteration rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** The options of `readDataset`. */
export const readDatasetOptions = object<ReadDatasetOptions>({
  columns: commonOptions.columns,
  partitioning: about('whether directories name=value become columns', oneOf(['hive', 'none'])),
  partitionTypes: about(
    'what partitions are read as',
    recordOf(oneOf(['int64', 'utf8']), 'an object of types by column'),
  ),
  signal: commonOptions.signal,
});

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
 *   lie in other partitions; or if the dataset lacks one of `columns`. Of CSV alone after rows were read.
 */
export async function* readDatasetBatches(
  source: DatasetSource,
  options: ReadDatasetOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readDatasetOptions, options);
  const { signal } = options;
  signal?.throwIfAborted();
  const files = await listFiles(source);
  const layout = await planDataset(files, options);
  let isEmpty = true;
  for (const file of files) {
    for await (const batch of readFile(file, layout, signal)) {
      if (batch.numRows === 0) continue;
      isEmpty = false;
      yield batch;
    }
  }
  if (isEmpty) yield emptyBatch(layout.schema);
}

/** What the files of a dataset are read as. */
export interface DatasetLayout {
  /** Columns to read of each file; all of them if undefined. */
  readonly columns: (path: string) => readonly string[] | undefined;
  /** Columns that the files have together, and those of them that are kept. */
  readonly fileSchema: Schema;
  readonly ownSchema: Schema;
  readonly partitions: readonly Field[];
  /** Of the dataset. */
  readonly schema: Schema;
}

/** Says what the files of a dataset are read as. @throws as {@link readDatasetBatches}. */
export async function planDataset(
  files: readonly DatasetFile[],
  { columns, partitioning = 'hive', partitionTypes, signal }: ReadDatasetOptions,
): Promise<DatasetLayout> {
  if (partitioning !== 'hive' && partitioning !== 'none') {
    throw new InvalidOptionError(
      `option 'partitioning' must be 'hive' or 'none': ${partitioning}. Leave it out for 'hive'`,
    );
  }
  const keyed = partitioning === 'none' ? files.map((file) => ({ ...file, keys: [] })) : files;
  const found = partitionFields(keyed, partitionTypes);
  const schemas = await peekSchemas(files, signal);
  const whole = unifySchemas(schemas);
  const added = found.filter(({ name }) => !whole.names.includes(name));
  if (columns) {
    const names = [...whole.fields, ...added].map(({ name }) => name);
    assertColumns(names, columns, 'the dataset');
  }
  const own = columns ? selectSchema(whole, columns) : whole;
  const partitions = added.filter(({ name }) => columns?.includes(name) ?? true);
  const named = new Map(schemas.map(({ name, schema }) => [name, schema.names as string[]]));
  return {
    columns(path) {
      const kept = named.get(path)?.filter((name) => own.names.includes(name)) ?? [];
      // Without a single column nothing would say how many rows a file has.
      return columns !== undefined && kept.length > 0 ? kept : undefined;
    },
    fileSchema: whole,
    ownSchema: new Schema(own.fields),
    partitions,
    schema: new Schema([...own.fields, ...partitions], own.metadata),
  };
}

/** The schemas of the files that tell it; of others that of the first file alone. */
async function peekSchemas(
  files: readonly DatasetFile[],
  signal?: AbortSignal,
): Promise<NamedSchema[]> {
  const schemas: NamedSchema[] = [];
  for (const [index, { path }] of files.entries()) {
    signal?.throwIfAborted();
    const schema = index === 0 ? await readSchema(path, signal) : await peekSchema(path, signal);
    if (schema) schemas.push({ name: path, schema });
  }
  return schemas;
}

async function* readFile(
  { path, keys }: DatasetFile,
  { columns, fileSchema, ownSchema, partitions, schema }: DatasetLayout,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const values = new Map(keys.map(({ name, value }) => [name, value]));
  const wanted = columns(path);
  const expected = wanted ? selectSchema(fileSchema, wanted) : fileSchema;
  let checked: Schema | undefined;
  for await (const batch of readFileBatches(path, { columns: wanted, signal })) {
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
