import type { RangeReader } from '../files/range-reader.js';
import { type ColumnDescription, describeSchema } from '../schema/describe.js';
import { openSource } from '../source/open-source.js';
import type { RangeSource } from '../source/range-source.js';
import { type FileLayout, readLayout } from './format/layout.js';
import { arrowSchemaKey } from './types/arrow-schema.js';

/** What a Parquet file says of itself; plain JSON. */
export interface ParquetSummary {
  path: string;
  format: 'parquet';
  bytes: number;
  rows: number;
  columns: ColumnDescription[];
  rowGroups: { rows: number; bytes: number }[];
  /** The program that wrote the file, if it says so. */
  createdBy?: string;
  /** Codecs of the column chunks, each once: 'ZSTD', 'SNAPPY', … */
  codecs: string[];
  /** Key-value metadata, without the Arrow schema that Arrow writers keep there. */
  metadata: Record<string, string>;
}

/**
 * Reads what a Parquet file says of itself; no row is decoded.
 *
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError if it is no Parquet file, or damaged.
 */
export async function parquetSummary(source: RangeSource): Promise<ParquetSummary> {
  const reader = await openSource(source);
  try {
    return summarize(reader, await readLayout(reader));
  } finally {
    await reader.close();
  }
}

function summarize(
  reader: RangeReader,
  { footer: { metadata }, schema }: FileLayout,
): ParquetSummary {
  const path = reader.name;
  const chunks = metadata.row_groups.flatMap((group) => group.columns);
  const entries = (metadata.key_value_metadata ?? []).filter(({ key }) => key !== arrowSchemaKey);
  return {
    path,
    format: 'parquet',
    bytes: reader.size,
    rows: Number(metadata.num_rows),
    columns: describeSchema(schema),
    rowGroups: metadata.row_groups.map((group) => ({
      rows: Number(group.num_rows),
      bytes: Number(group.total_compressed_size ?? compressedBytes(group.columns)),
    })),
    ...(metadata.created_by === undefined ? {} : { createdBy: metadata.created_by }),
    codecs: [...new Set(chunks.flatMap(({ meta_data }) => meta_data?.codec ?? []))].sort(),
    metadata: Object.fromEntries(entries.map(({ key, value }) => [key, value ?? ''])),
  };
}

function compressedBytes(
  columns: readonly { meta_data?: { total_compressed_size: bigint } }[],
): number {
  return columns.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_compressed_size), 0);
}
