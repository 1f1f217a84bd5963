import { InvalidOptionError } from '../../errors.js';
import {
  type Encoding,
  type ParquetCompression,
  type ParquetStatistics,
  parquetCompressions,
  parquetStatistics,
} from './engine/encode.js';
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
  /** Key-value metadata; goes before metadata of the schema with the same key. Default: none. */
  metadata?: Readonly<Record<string, string>> | undefined;
}

/** Options with their defaults. */
export interface CheckedParquetOptions extends Encoding {
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
  metadata = {},
}: ParquetOptions): CheckedParquetOptions {
  if (!Number.isInteger(rowGroupRows) || rowGroupRows < 1) {
    throw new InvalidOptionError(
      `option 'rowGroupRows' must be a positive integer: ${rowGroupRows}. Leave it out for 131072.`,
    );
  }
  checkChoice('compression', compression, parquetCompressions);
  checkChoice('statistics', statistics, parquetStatistics);
  checkMetadata(metadata);
  return { rowGroupRows, compression, statistics, metadata: { ...metadata } };
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new InvalidOptionError(
    `option '${name}' must be one of ${choices.join(', ')}: ${String(value)}. Leave it out for ${choices[0]}.`,
  );
}

/** Keys that say where rows come from: nobody is to overwrite them. */
const reserved = /^gan-augment(\.|$)/;

function checkMetadata(metadata: unknown): void {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw new InvalidOptionError(
      `option 'metadata' must be an object of texts: ${String(metadata)}. Give { key: 'value' }.`,
    );
  }
  for (const [key, value] of Object.entries(metadata)) {
    if (key === arrowSchemaKey || reserved.test(key)) {
      throw new InvalidOptionError(
        `option 'metadata' has a reserved key: ${key}. It is written with the data; leave it out.`,
      );
    }
    // Text with half a surrogate pair would come back as another text.
    if (typeof value !== 'string' || !isWellFormed(key) || !isWellFormed(value)) {
      throw new InvalidOptionError(
        `option 'metadata' must hold well-formed texts: ${JSON.stringify(key)} is ${typeof value === 'string' ? JSON.stringify(value) : typeof value}. Convert it.`,
      );
    }
  }
}

function isWellFormed(text: string): boolean {
  return Buffer.from(text).toString() === text;
}
