import type { RecordBatch } from 'apache-arrow';
import { DataError, FormatError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { type ByteSource, isByteStream, nameOf, readChunks } from '../files/byte-source.js';
import { maybeGunzip } from '../files/gunzip.js';
import { commonOptions } from '../reader-options.js';
import { type RowsOptions, rowsOptions } from '../rows/options.js';
import { rowBatches } from '../rows/read.js';
import { parseLine } from './parse-line.js';

/** What {@link readJsonLinesBatches} can be told: what `rowBatches` can, and a name. */
export interface ReadJsonLinesOptions extends RowsOptions {
  /** Names the source in messages. Default: its path, or 'JSON lines'. */
  readonly name?: string | undefined;
}

/** The options of `readJsonLines`. */
export const readJsonLinesOptions = object<ReadJsonLinesOptions>({
  ...rowsOptions.shape,
  name: commonOptions.name,
});

/** Characters of a line, at most: what has no line breaks is no JSON lines. */
const longestLine = 2 ** 24;
/** Rows that the columns are found in by default: a file can be asked for more than a stream. */
const sampledRows = 10_000;

/**
 * Reads JSON lines (NDJSON), an object a line, as record batches; the bytes may be gzip. Columns and
 * types are found as {@link rowBatches} finds them, in the first 10,000 rows by default. Whole numbers
 * keep all of their digits; blank lines are no rows.
 *
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError for a line that is no JSON object in UTF-8; it names the line.
 * @throws what `rowBatches` throws, of rows that do not fit.
 */
export function readJsonLinesBatches(
  source: ByteSource,
  options: ReadJsonLinesOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = rereadWhole(
    (signal) => readOnce(source, { ...options, signal }),
    () => nameOf(source),
  );
  return withRereading(readOnce(source, options), isByteStream(source) ? undefined : again);
}

async function* readOnce(
  source: ByteSource,
  options: ReadJsonLinesOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  checkOptions(readJsonLinesOptions, options);
  const { name = nameOf(source) ?? 'JSON lines', sample = sampledRows, ...rest } = options;
  const chunks = maybeGunzip(readChunks(source, name, rest.signal), name);
  try {
    yield* rowBatches(parseLines(chunks, name), { ...rest, sample });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const problem = error.message.replace(/^ganAugment: /, '');
    throw new DataError(`${name}: ${problem}`, { cause: error });
  }
}

async function* parseLines(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<object, void, undefined> {
  let number = 0;
  for await (const line of readLines(chunks, name)) {
    number++;
    if (line.trim() === '') continue;
    const value = parseObject(line, number, name);
    yield value;
  }
}

function parseObject(line: string, number: number, name: string): object {
  let value: unknown;
  try {
    value = parseLine(line);
  } catch (cause) {
    const reason = (cause as Error).message.slice(0, 100);
    throw new FormatError(`line ${number} is no JSON: ${name} (${reason}). Give an object a line`, {
      cause,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new FormatError(
    `line ${number} is no object: ${name} (${line.trim().slice(0, 40)}). Give an object a line`,
  );
}

/** The lines of a text in UTF-8, without what ends them. */
async function* readLines(chunks: AsyncIterable<Uint8Array>, name: string) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new FormatError(`text is not UTF-8: ${name}. Convert it`, { cause });
    }
  };
  // A list: adding to one text again and again is quadratic in the length of a line.
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [first = '', ...others] = decode(chunk).split('\n');
    parts.push(first);
    length += first.length;
    if (length > longestLine) throw tooLong(name);
    for (const line of others) {
      yield parts.join('');
      parts = [line];
      length = line.length;
    }
  }
  yield parts.join('') + decode();
}

function tooLong(name: string): FormatError {
  return new FormatError(
    `a line has more than ${longestLine} characters: ${name}. Give an object a line`,
  );
}
