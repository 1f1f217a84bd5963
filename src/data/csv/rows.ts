import { type CsvError, type Parser, parse } from 'csv-parse';
import { FormatError } from '../../errors.js';
import { findDelimiter } from './find-delimiter.js';
import type { CsvOptions } from './options.js';

/** A row, and the line of the text that it starts in, from 1. */
export interface CsvRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Bytes whose text goes to the parser at once. */
const pieceBytes = 2 ** 16;
/** No row is longer: a quote that is never closed must not gather a whole file. */
const longestRow = 2 ** 24;

/**
 * The rows of a CSV text, as many at a time as a piece of the text has.
 *
 * @throws FormatError if the text is not in its encoding, or its quotes do not match.
 */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  options: CsvOptions,
): AsyncGenerator<CsvRow[], void, undefined> {
  let parser: Parser | undefined;
  let line = 1 + options.skipLines;
  const drain = () => {
    const rows: CsvRow[] = [];
    for (let cells = parser?.read(); cells != null; cells = parser?.read()) {
      rows.push({ cells, line });
      line += 1 + lineBreaksIn(cells);
    }
    return rows;
  };
  const feed = async (text: string | undefined) => {
    parser ??= openParser(options, text ?? '');
    try {
      await send(parser, text);
      return drain();
    } catch (cause) {
      drain();
      throw malformed(options.name, line, cause as CsvError);
    }
  };
  try {
    const texts = skipLines(decodeText(chunks, options), options.skipLines);
    for await (const text of texts) yield await feed(text);
    yield await feed(undefined);
  } finally {
    parser?.destroy();
  }
}

/** @param start of the text, in which the delimiter is found where none is given. */
function openParser({ delimiter, quote, trim, ...options }: CsvOptions, start: string): Parser {
  const parser = parse({
    delimiter: delimiter ?? findDelimiter(start, quote),
    quote,
    escape: quote === false ? null : options.escape,
    trim,
    record_delimiter: ['\r\n', '\n', '\r'],
    // Counted by us, who know the columns.
    relax_column_count: true,
    max_record_size: longestRow,
    // Of the stream, and not in the types. What holds it back is that it gets one piece at a time.
    ...{ readableHighWaterMark: Number.MAX_SAFE_INTEGER },
  });
  // Raised by the call that was under way.
  return parser.on('error', () => {});
}

/** Gives a piece of text to the parser, or its end. */
function send(parser: Parser, text: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (text === undefined) parser.end(done);
    else parser.write(text, done);
  });
}

async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  { encoding, name }: CsvOptions,
): AsyncGenerator<string, void, undefined> {
  let decoder: TextDecoder | undefined;
  const decode = (bytes?: Uint8Array) => {
    decoder ??= new TextDecoder(encoding ?? markedEncoding(bytes), { fatal: true });
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new FormatError(
        `CSV is not encoded as ${decoder.encoding}: ${name}. Name its encoding, such as encoding: 'windows-1252'`,
        { cause },
      );
    }
  };
  for await (const bytes of chunks) {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      yield decode(bytes.subarray(start, start + pieceBytes));
    }
  }
  yield decode();
}

/** The encoding that the first bytes show: those of UTF-16 start with a mark. */
function markedEncoding(bytes?: Uint8Array): string {
  const mark = ((bytes?.[0] ?? 0) << 8) | (bytes?.[1] ?? 0);
  if (mark === 0xfffe) return 'utf-16le';
  return mark === 0xfeff ? 'utf-16be' : 'utf-8';
}

/** The text without its first lines. */
async function* skipLines(
  texts: AsyncIterable<string>,
  count: number,
): AsyncGenerator<string, void, undefined> {
  let left = count;
  for await (const text of texts) {
    let start = 0;
    while (left > 0) {
      const end = text.indexOf('\n', start);
      if (end < 0) break;
      start = end + 1;
      left--;
    }
    if (left === 0 && start < text.length) yield text.slice(start);
  }
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.split(/\r\n|\n|\r/).length - 1;
  }
  return count;
}

function malformed(name: string, line: number, cause: CsvError): FormatError {
  return new FormatError(
    `CSV is malformed: ${name} (in the row that starts in line ${line}, ${explain(cause)}). Mend it, or say how it is written: delimiter, quote, escape`,
    { cause },
  );
}

function explain({ code, message }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened and never closed';
    case 'CSV_MAX_RECORD_SIZE':
      return `it is over ${longestRow} bytes, as if a quote were never closed`;
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return 'a closing quote is followed by text';
    case 'INVALID_OPENING_QUOTE':
      return 'a quote is in the middle of a cell that is not quoted';
    default:
      return message;
  }
}
