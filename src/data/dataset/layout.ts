import { type Field, Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { peekSchema, readSchema } from '../read-file.js';
import { assertColumns, selectSchema } from '../schema/select-columns.js';
import { type NamedSchema, unifySchemas } from '../schema/unify-schemas.js';
import type { TextFileOptions } from '../text-files.js';
import type { DatasetFile } from './list-files.js';
import type { ReadDatasetOptions } from './options.js';
import { partitionFields } from './partition-columns.js';

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

/** Says what the files of a dataset are read as. @throws as `readDatasetBatches`. */
export async function planDataset(
  files: readonly DatasetFile[],
  { columns, partitioning = 'hive', partitionTypes, signal, ...texts }: ReadDatasetOptions,
): Promise<DatasetLayout> {
  if (partitioning !== 'hive' && partitioning !== 'none') {
    throw new InvalidOptionError(
      `option 'partitioning' must be 'hive' or 'none': ${partitioning}. Leave it out for 'hive'`,
    );
  }
  const keyed = partitioning === 'none' ? files.map((file) => ({ ...file, keys: [] })) : files;
  const found = partitionFields(keyed, partitionTypes);
  const schemas = await peekSchemas(files, signal, texts);
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
  signal: AbortSignal | undefined,
  texts: TextFileOptions,
): Promise<NamedSchema[]> {
  const schemas: NamedSchema[] = [];
  for (const [index, { path }] of files.entries()) {
    signal?.throwIfAborted();
    const isFirst = index === 0;
    const schema = await (isFirst ? readSchema(path, signal, texts) : peekSchema(path, signal));
    if (schema) schemas.push({ name: path, schema });
  }
  return schemas;
}
