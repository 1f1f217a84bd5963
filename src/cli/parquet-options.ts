import { InvalidArgumentError, Option } from 'commander';
import type { ParquetCompression, ParquetStatistics } from '../data/parquet/engine/encode.js';
import { parquetShape } from '../data/parquet/write-options.js';
import { flagOf } from './flag.js';
import { columnNames } from './options.js';

/** What `parquetOptions` parse to. */
export interface ParquetFlags {
  readonly compression?: ParquetCompression | undefined;
  readonly statistics?: ParquetStatistics | undefined;
  readonly rowGroupRows?: number | undefined;
  readonly parquetThreads?: number | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly partitionBy?: readonly string[] | undefined;
}

/** One more entry of key-value metadata, as the text `key=value`. */
export function metadataEntry(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1)
    throw new InvalidArgumentError('It must be a key and a value, such as source=survey.');
  const key = text.slice(0, at);
  if (Object.hasOwn(before, key)) throw new InvalidArgumentError(`'${key}' has a value already.`);
  return Object.fromEntries([...Object.entries(before), [key, text.slice(at + 1)]]);
}

/** Options of Parquet output. */
export const parquetOptions = () =>
  [
    flagOf('--compression <codec>', parquetShape.compression),
    flagOf('--row-group-rows <n>', parquetShape.rowGroupRows),
    flagOf('--statistics <level>', parquetShape.statistics),
    flagOf('--parquet-threads <n>', parquetShape.threads),
    flagOf(
      '--metadata <key=value>',
      parquetShape.metadata,
      '; may be given several times',
    ).argParser(metadataEntry),
    new Option(
      '--partition-by <names>',
      'write a directory of files, one for each value of these columns: a,b',
    ).argParser(columnNames),
  ].map((option) => option.helpGroup('Parquet output:'));

/** The library's options for what `parquetOptions` parse to. */
export function parquetFrom(flags: ParquetFlags) {
  const { compression, statistics, rowGroupRows, parquetThreads, metadata, partitionBy } = flags;
  return { compression, statistics, rowGroupRows, threads: parquetThreads, metadata, partitionBy };
}

/** The options among these that another format has no use for, as they are written. */
export function parquetOnly(options: Partial<ReturnType<typeof parquetFrom>>) {
  const { compression, statistics, rowGroupRows, threads, metadata } = options;
  const given = {
    '--compression': compression,
    '--statistics': statistics,
    '--row-group-rows': rowGroupRows,
    '--parquet-threads': threads,
    '--metadata': metadata,
  };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
