import { stat } from 'node:fs/promises';
import { detectFormat, textFormat } from './formats.js';
import { readBatches } from './open.js';
import { type ParquetSummary, parquetSummary } from './parquet/summary.js';
import { type ColumnDescription, describeSchema } from './schema/describe.js';

/** What an Arrow IPC file or stream, or CSV, says of itself; plain JSON. */
export interface BatchesSummary {
  path: string;
  format: 'arrow-file' | 'arrow-stream' | 'csv' | 'json-lines';
  bytes: number;
  rows: number;
  columns: ColumnDescription[];
  /** Rows of each batch; batches without rows left out. */
  batches: { rows: number }[];
  /** Metadata of the schema. */
  metadata: Record<string, string>;
}

/** What {@link inspectFile} can be told. */
export interface InspectOptions {
  /** Stops the reading: the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a data file says of itself, as plain JSON. Of Parquet the footer is read, of others all.
 *
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError if it is in none of the formats, or damaged.
 */
export async function inspectFile(
  path: string,
  { signal }: InspectOptions = {},
): Promise<ParquetSummary | BatchesSummary> {
  const format = textFormat(path) ?? (await detectFormat(path));
  if (format === 'parquet') return parquetSummary(path);
  const summary: BatchesSummary = {
    path,
    format,
    bytes: (await stat(path)).size,
    rows: 0,
    columns: [],
    batches: [],
    metadata: {},
  };
  for await (const { schema, numRows: rows } of readBatches(path, signal && { signal })) {
    summary.columns = describeSchema(schema);
    summary.metadata = Object.fromEntries(schema.metadata);
    summary.rows += rows;
    if (rows > 0) summary.batches.push({ rows });
  }
  return summary;
}
