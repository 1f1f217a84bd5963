import { extname } from 'node:path';
import { FormatError, InvalidOptionError } from '../errors.js';
import { readHead } from './files/range-reader.js';
import { ipcFileMagic } from './ipc/file-blocks.js';
import { parquetMagic } from './parquet/format/footer.js';
import { openSource } from './source/open-source.js';
import type { RangeSource } from './source/range-source.js';

/** The formats of data files. */
export type FileFormat = 'parquet' | 'arrow-file' | 'arrow-stream';

/** The formats that data are written in. */
export type OutputFormat = FileFormat | 'csv' | 'json-lines';

/** The path that stands for standard input, or output: an Arrow IPC stream. */
export const standardStream = '-';

const formatsByExtension: Readonly<Record<string, FileFormat>> = {
  '.parquet': 'parquet',
  '.arrow': 'arrow-file',
  '.feather': 'arrow-file',
  '.arrows': 'arrow-stream',
  '.ipc': 'arrow-stream',
};

const outputsByExtension: Readonly<Record<string, OutputFormat>> = {
  ...formatsByExtension,
  '.csv': 'csv',
  '.tsv': 'csv',
  '.jsonl': 'json-lines',
  '.ndjson': 'json-lines',
};

const streamMagic = Buffer.from([255, 255, 255, 255]);

/**
 * The format of an output file, by its extension; '-' is an Arrow IPC stream.
 *
 * @throws InvalidOptionError for another extension. Call it before any work is done.
 */
export function outputFormat(path: string): OutputFormat {
  const format =
    path === standardStream ? 'arrow-stream' : outputsByExtension[extname(path).toLowerCase()];
  if (format) return format;
  throw new InvalidOptionError(
    `output has an unknown extension: ${path}. Use ${Object.keys(outputsByExtension).join(', ')}, or - for a stream.`,
  );
}

/** Whether a file is in one of the formats of tables, by its name. */
export function isDataPath(path: string): boolean {
  return (
    textFormat(path) !== undefined || Object.hasOwn(formatsByExtension, extname(path).toLowerCase())
  );
}

/** The format of a file of text, by its name, as its bytes show nothing; undefined for other names. */
export function textFormat(path: string): 'csv' | 'json-lines' | undefined {
  if (/\.(csv|tsv)(\.gz)?$/i.test(path)) return 'csv';
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(path) ? 'json-lines' : undefined;
}

/**
 * The format of a file, by its first bytes, whatever its name.
 *
 * @throws FileError if it cannot be read.
 * @throws FormatError if it is in none of the formats.
 */
export async function detectFormat(source: RangeSource, signal?: AbortSignal): Promise<FileFormat> {
  const reader = await openSource(source, { signal });
  try {
    const head = Buffer.from(await readHead(reader, 8));
    if (head.subarray(0, parquetMagic.length).equals(parquetMagic)) return 'parquet';
    if (head.subarray(0, ipcFileMagic.length).equals(ipcFileMagic)) return 'arrow-file';
    if (head.subarray(0, streamMagic.length).equals(streamMagic)) return 'arrow-stream';
    const shown = head.length === 0 ? 'it is empty' : `it starts with ${head.toString('hex')}`;
    throw new FormatError(
      `file is in no known format: ${reader.name} (${shown}). Give Parquet, an Arrow IPC file or stream, CSV under a name that ends in .csv or .tsv, or JSON lines under .jsonl or .ndjson.`,
    );
  } finally {
    await reader.close();
  }
}
