import { basename, relative } from 'node:path';
import { type InspectOptions, inspectFile } from '../inspect.js';
import { readSchema } from '../read-file.js';
import { type ColumnDescription, describeSchema } from '../schema/describe.js';
import { assertFits } from '../schema/unify-schemas.js';
import { planDataset } from './layout.js';
import { type DatasetFile, listFiles } from './list-files.js';

/** What a dataset of many files says of itself; plain JSON. */
export interface DatasetDescription {
  path: string;
  format: 'dataset';
  /** The formats of the files, each once. */
  formats: string[];
  rows: number;
  bytes: number;
  /** Those of the files, then those that the partitions make. */
  columns: ColumnDescription[];
  /** Columns that the directories `name=value` make, and how many values they have. */
  partitions: { name: string; type: string; values: number }[];
  files: { path: string; rows: number; bytes: number }[];
  /** Metadata of the first file. */
  metadata: Record<string, string>;
}

/**
 * What the files of a dataset say of themselves: of a directory or a pattern, as plain JSON. Of
 * Parquet the footers are read, of others all.
 *
 * @throws FileError if there is no file, or one cannot be read.
 * @throws FormatError if a file is in none of the formats, or damaged.
 * @throws SchemaError if files do not fit together.
 */
export async function inspectDataset(
  path: string,
  options: InspectOptions = {},
): Promise<DatasetDescription> {
  const files = await listFiles(path);
  const { schema: whole, fileSchema, partitions } = await planDataset(files, options);
  const summaries: Awaited<ReturnType<typeof inspectFile>>[] = [];
  for (const file of files) {
    options.signal?.throwIfAborted();
    const summary = await inspectFile(file.path, options);
    // Those of Parquet were compared first.
    if (summary.format !== 'parquet') {
      const schema = await readSchema(file.path, options.signal);
      assertFits(fileSchema, { name: file.path, schema });
    }
    summaries.push(summary);
  }
  const total = (key: 'rows' | 'bytes') => summaries.reduce((sum, each) => sum + each[key], 0);
  const described = describeSchema(whole);
  return {
    path,
    format: 'dataset',
    formats: [...new Set(summaries.map(({ format }) => format))].sort(),
    rows: total('rows'),
    bytes: total('bytes'),
    columns: described,
    partitions: partitions.map(({ name }) => ({
      name,
      type: described.find((column) => column.name === name)?.type ?? '',
      values: new Set(files.map((file) => partitionValue(file, name))).size,
    })),
    files: summaries.map(({ path: file, rows, bytes }) => ({
      path: relative(path, file).startsWith('..') ? file : relative(path, file) || basename(file),
      rows,
      bytes,
    })),
    metadata: summaries[0]?.metadata ?? {},
  };
}

function partitionValue({ keys }: DatasetFile, name: string): string | null | undefined {
  return keys.find((key) => key.name === name)?.value;
}
