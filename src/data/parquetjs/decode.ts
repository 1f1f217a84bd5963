import { isUtf8 } from 'node:buffer';
import type { Data } from 'apache-arrow';
import type { ColumnChunk, ParquetReader } from 'parquetjs-lite';
import { FormatError } from '../../errors.js';
import type { FlatColumn } from './guard.js';
import type { ParquetJs } from './library.js';
import { makeColumn, type StoredValue } from './stored.js';

// Statistics are not needed, and the library's way of decoding them can fail.
const options = { rawStatistics: true } as const;

/**
 * The columns of the one row group in a small Parquet file.
 *
 * They are taken as they are stored: the rows that the library makes of them have lost bytes of text
 * that is not UTF-8.
 *
 * Raises whatever the library does, plain strings among it.
 */
export async function decodeRowGroup(
  library: ParquetJs,
  bytes: Uint8Array,
  columns: readonly FlatColumn[],
  rows: number,
): Promise<Data[]> {
  const { buffer, byteOffset, byteLength } = bytes;
  const file = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  const reader = await library.ParquetReader.openBuffer(file, options);
  const chunks = reader.metadata.row_groups[0]?.columns ?? [];
  const data: Data[] = [];
  for (const [index, column] of columns.entries()) {
    const values = await decodeColumn(reader, chunks[index] as ColumnChunk, column, rows);
    data.push(makeColumn(column.kind, values));
  }
  return data;
}

async function decodeColumn(
  { envelopeReader, schema }: ParquetReader,
  chunk: ColumnChunk,
  { field, kind }: FlatColumn,
  rows: number,
): Promise<(StoredValue | null)[]> {
  const { values, dlevels } = await envelopeReader.readColumnChunk(schema, chunk, options);
  const valid = field.nullable ? 1 : 0;
  const expected = dlevels.filter((level) => level === valid).length;
  if (dlevels.length !== rows || values.length !== expected) {
    throw damaged(
      field.name,
      `${dlevels.length} rows of ${rows}, ${values.length} values of ${expected}`,
    );
  }
  if (kind === 'utf8' && !(values as Uint8Array[]).every((value) => isUtf8(value))) {
    throw damaged(field.name, 'text that is not UTF-8');
  }
  let next = 0;
  return dlevels.map((level) => (level === valid ? (values[next++] as StoredValue) : null));
}

function damaged(name: string, reason: string): FormatError {
  return new FormatError(
    `Parquet column is damaged: '${name}' (it has ${reason}). Write or copy the file again`,
  );
}
