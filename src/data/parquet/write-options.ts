import { InvalidOptionError } from '../../errors.js';
import { recordOf } from '../../options/composed.js';
import { about, hinted, type ShapeOf } from '../../options/option.js';
import { custom, oneOf, wholeNumber } from '../../options/values.js';
import {
  type Encoding,
  type ParquetCompression,
  type ParquetStatistics,
  parquetCompressions,
  parquetStatistics,
} from './engine/encode.js';
import { engineThreads } from './engine/thread-option.js';
import { arrowSchemaKey } from './types/arrow-schema.js';

/** How Parquet is written. */
export interface ParquetOptions {
  /** Rows of a row group, at most. Default: 131,072, and fewer where rows are wide. */
  rowGroupRows?: number | undefined;
  /** Default: 'zstd'. */
  compression?: ParquetCompression | undefined;
  /**
   * Smallest and largest values and counts of nulls that readers skip by: of each page and column
   * chunk, of each chunk, or none. Default: 'page'.
   */
  statistics?: ParquetStatistics | undefined;
  /**
   * Threads that encode row groups, which all readings and writings of a process share; the bytes are
   * the same whatever their number. 0 for the calling thread alone, which takes the least memory.
   * Default: 2 after the first 16 MiB or so; 0 on a machine of one core, and for a dataset, which is
   * written one row group at a time.
   */
  threads?: number | undefined;
  /** Key-value metadata; goes before metadata of the schema with the same key. Default: none. */
  metadata?: Readonly<Record<string, string>> | undefined;
}

export const parquetShape: ShapeOf<ParquetOptions> = {
  rowGroupRows: about('rows of a row group (default: 131072)', wholeNumber({ from: 1 })),
  compression: about('codec of the columns (default: zstd)', oneOf(parquetCompressions)),
  statistics: about(
    'smallest and largest values, of pages, of chunks or none (default: page)',
    oneOf(parquetStatistics),
  ),
  threads: engineThreads('encode'),
  metadata: about(
    'key-value metadata of the file',
    hinted(
      "Give { key: 'value' }",
      recordOf(
        custom<string>('a text', (value) => typeof value === 'string', { type: 'string' }),
        'an object of texts',
      ),
    ),
  ),
};

/** Options with their defaults. */
export interface CheckedParquetOptions extends Encoding {
  /** Undefined for the default. */
  readonly threads: number | undefined;
  readonly rowGroupRows: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The options with their defaults; call it before any work is done.
 *
 * @throws InvalidOptionError for an option that cannot be used.
 */
export function checkParquetOptions({
  rowGroupRows = 131_072,
  compression = 'zstd',
  statistics = 'page',
  threads,
  metadata = {},
}: ParquetOptions): CheckedParquetOptions {
  checkMetadata(metadata);
  return { rowGroupRows, compression, statistics, threads, metadata: { ...metadata } };
}

/** Keys that say where rows come from: nobody is to overwrite them. */
const reserved = /^gan-augment(\.|$)/;

function checkMetadata(metadata: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(metadata)) {
    if (key === arrowSchemaKey || reserved.test(key)) {
      throw new InvalidOptionError(
        `option 'metadata' has a reserved key: ${key}. It is written with the data; leave it out.`,
      );
    }
    // Text with half a surrogate pair would come back as another text.
    if (!isWellFormed(key) || !isWellFormed(value)) {
      throw new InvalidOptionError(
        `option 'metadata' must hold well-formed texts: ${JSON.stringify(key)} is ${JSON.stringify(value)}. Convert it.`,
      );
    }
  }
}

function isWellFormed(text: string): boolean {
  return Buffer.from(text).toString() === text;
}
