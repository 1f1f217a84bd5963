import type { ColumnMetaData, FileMetaData } from 'hyparquet';
import { FormatError } from '../../errors.js';

/** What parquetjs-lite says of itself in the files that it writes. */
const creator = 'parquet.js';

const codecs = ['UNCOMPRESSED', 'SNAPPY', 'GZIP'];
const encodings = ['PLAIN', 'RLE'];

/**
 * Raises unless the footer shows that parquetjs-lite reads the file right.
 *
 * It is wrong, and says nothing, about files of other writers: it takes their dictionaries for text,
 * for one.
 *
 * @throws FormatError saying what speaks against it.
 */
export function assertSafe(name: string, metadata: FileMetaData): void {
  const problem = problemOf(metadata);
  if (!problem) return;
  throw new FormatError(
    `Parquet file is not safe to read by parquetjs-lite: ${name} (${problem}). Use readParquet, which reads such files`,
  );
}

function problemOf({ created_by, version, schema, row_groups }: FileMetaData): string | undefined {
  if (created_by !== creator) return `it was written by ${created_by ?? 'an unknown program'}`;
  if (version !== 1) return `its footer has version ${version}`;
  const nested = schema.slice(1).find(({ type, repetition_type }) => {
    return type === undefined || repetition_type === 'REPEATED';
  });
  if (nested) return `column '${nested.name}' is nested`;
  for (const { columns, num_rows } of row_groups) {
    for (const { meta_data } of columns) {
      const problem = meta_data ? problemOfChunk(meta_data, num_rows) : 'a column is encrypted';
      if (problem) return problem;
    }
  }
  return undefined;
}

function problemOfChunk(chunk: ColumnMetaData, rows: bigint): string | undefined {
  const name = chunk.path_in_schema.join('.');
  const encoding = chunk.encodings.find((each) => !encodings.includes(each));
  if (encoding) return `column '${name}' has the encoding ${encoding}`;
  if (!codecs.includes(chunk.codec)) return `column '${name}' has the codec ${chunk.codec}`;
  if (chunk.dictionary_page_offset) return `column '${name}' has a dictionary`;
  if (chunk.num_values !== rows) {
    return `column '${name}' has ${chunk.num_values} values in ${rows} rows`;
  }
  return undefined;
}
