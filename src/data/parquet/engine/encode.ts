import type { RecordBatch, Schema } from 'apache-arrow';
import { SchemaError } from '../../../errors.js';
import { joinPieces, type Piece } from '../../batches/piece.js';
import { streamBytes } from '../../ipc/stream-bytes.js';
import { reasonOf } from '../../reason.js';
import { distinctColumns } from '../types/distinct.js';
import { storedSchema, toStored } from '../types/stored.js';
import { callEngine } from './wasm.js';

const codecs = {
  zstd: 'ZSTD',
  snappy: 'SNAPPY',
  gzip: 'GZIP',
  brotli: 'BROTLI',
  lz4_raw: 'LZ4_RAW',
  uncompressed: 'UNCOMPRESSED',
} as const;
const levels = { page: 'Page', chunk: 'Chunk', none: 'None' } as const;

/** How column chunks are compressed. */
export type ParquetCompression = keyof typeof codecs;

/** Of what there are statistics. */
export type ParquetStatistics = keyof typeof levels;

export const parquetCompressions = Object.keys(codecs) as ParquetCompression[];
export const parquetStatistics = Object.keys(levels) as ParquetStatistics[];

/** How row groups are encoded. */
export interface Encoding {
  readonly compression: ParquetCompression;
  readonly statistics: ParquetStatistics;
}

// The engine must not cut what it is given into row groups of its own.
const allRows = 2 ** 31 - 1;

/**
 * A whole Parquet file in memory, with all rows in one row group; in none if there are no rows.
 *
 * @throws SchemaError if a column has a type that Parquet, or the engine, does not have.
 * @throws DataError for a value that Parquet has not.
 */
export function encodeParquet(
  schema: Schema,
  pieces: readonly Piece[],
  encoding: Encoding,
): Uint8Array {
  const batch = joinStored(schema, pieces);
  try {
    return encodeRows(rowsOf(batch, pieces, encoding));
  } catch (cause) {
    throw explain(cause);
  }
}

/** As {@link encodeParquet}, with another `encode` in the place of {@link encodeRows}. */
export async function encodeParquetBy(
  encode: (task: EncodeTask) => Promise<Uint8Array>,
  schema: Schema,
  pieces: readonly Piece[],
  encoding: Encoding,
): Promise<Uint8Array> {
  const batch = joinStored(schema, pieces);
  try {
    return await encode(rowsOf(batch, pieces, encoding));
  } catch (cause) {
    throw explain(cause);
  }
}

/** Rows to encode, as plain data. */
export interface EncodeTask extends Encoding {
  /** An Arrow IPC stream of at most one batch. */
  readonly stream: Uint8Array;
  /** Columns that get no dictionary. */
  readonly plain: readonly string[];
}

/** Raises whatever the engine does: an Error, or a string. */
export function encodeRows({ stream, compression, statistics, plain }: EncodeTask): Uint8Array {
  return callEngine(
    ({ Compression, EnabledStatistics, Table, WriterPropertiesBuilder, writeParquet }) => {
      const builder = new WriterPropertiesBuilder()
        .setCompression(Compression[codecs[compression]])
        .setStatisticsEnabled(EnabledStatistics[levels[statistics]])
        .setMaxRowGroupSize(allRows);
      const properties = plain
        .reduce((properties, name) => properties.setColumnDictionaryEnabled(name, false), builder)
        .build();
      return writeParquet(Table.fromIPCStream(stream), properties);
    },
  );
}

/** A copy as one batch: dictionaries become one, and nothing is left of slices' offsets. */
function joinStored(schema: Schema, pieces: readonly Piece[]): RecordBatch {
  return toStored(storedSchema(schema), joinPieces(schema, pieces));
}

/** Its stream lies in memory that the next call writes over. */
function rowsOf(
  batch: RecordBatch,
  pieces: readonly Piece[],
  { compression, statistics }: Encoding,
): EncodeTask {
  const stream = streamBytes(batch.schema, pieces.length > 0 ? batch : undefined);
  return { stream, plain: distinctColumns(batch), compression, statistics };
}

function explain(cause: unknown): SchemaError {
  return new SchemaError(
    `columns cannot be written as Parquet: ${reasonOf(cause)}. Convert or drop the column.`,
    { cause },
  );
}
