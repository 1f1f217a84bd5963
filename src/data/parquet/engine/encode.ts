import type { Schema } from 'apache-arrow';
import { SchemaError } from '../../../errors.js';
import { joinPieces, type Piece } from '../../batches/piece.js';
import { streamBytes } from '../../ipc/stream-bytes.js';
import { reasonOf } from '../../reason.js';
import { distinctColumns } from '../types/distinct.js';
import { storedSchema, toStored } from '../types/stored.js';
import { callEngine, type ParquetEngine } from './wasm.js';

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
  // A copy as one batch: dictionaries become one, and nothing is left of slices' offsets.
  const stored = storedSchema(schema);
  const batch = toStored(stored, joinPieces(schema, pieces));
  try {
    const stream = streamBytes(stored, pieces.length > 0 ? batch : undefined);
    const plain = distinctColumns(batch);
    return callEngine((engine) => encodeStream(engine, stream, encoding, plain));
  } catch (cause) {
    throw new SchemaError(
      `columns cannot be written as Parquet: ${reasonOf(cause)}. Convert or drop the column.`,
      { cause },
    );
  }
}

function encodeStream(
  { Compression, EnabledStatistics, Table, WriterPropertiesBuilder, writeParquet }: ParquetEngine,
  stream: Uint8Array,
  { compression, statistics }: Encoding,
  plain: readonly string[],
): Uint8Array {
  const builder = new WriterPropertiesBuilder()
    .setCompression(Compression[codecs[compression]])
    .setStatisticsEnabled(EnabledStatistics[levels[statistics]])
    .setMaxRowGroupSize(allRows);
  const properties = plain
    .reduce((properties, name) => properties.setColumnDictionaryEnabled(name, false), builder)
    .build();
  return writeParquet(Table.fromIPCStream(stream), properties);
}
