import type { RecordBatch } from 'apache-arrow';
import { checkOptions } from '../../options/check.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { boolean } from '../../options/values.js';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import type { ByteTarget } from '../files/byte-target.js';
import type { FileSummary } from '../files/file-summary.js';
import { writeEncoded } from '../files/write-encoded.js';
import { commonOptions } from '../reader-options.js';
import { sameColumns } from '../schema/same-columns.js';
import { encodeRows, type RowFormat } from '../text/encode-rows.js';
import { noCellText, noText } from '../text/no-text.js';
import { hasJson, jsonReader, structReader } from './cells.js';

/** What {@link writeJsonLinesBatches} can be told. */
export interface WriteJsonLinesOptions {
  /** Whether a stream that is written to is ended. Standard output never is. Default: true. */
  readonly end?: boolean | undefined;
  /** Names a stream in messages. Default: 'output stream'. */
  readonly name?: string | undefined;
  /** Stops the writing: the promise rejects with its reason, and no file appears. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `writeJsonLines`. */
export const writeJsonLinesOptions = object<WriteJsonLinesOptions>({
  end: about('whether a stream that is written to is ended', boolean()),
  name: commonOptions.name,
  signal: commonOptions.signal,
});

/**
 * Writes batches as JSON lines (NDJSON), an object a row: to a file, which appears whole or not at
 * all, or to a Node or web stream, no faster than its reader takes them.
 *
 * Null is null. Whole numbers have all of their digits, also beyond 2⁵³; decimals are texts, as no
 * double is exact; dates, times and durations are texts of ISO 8601; a map is a list of its entries.
 *
 * @throws SchemaError if a column has no JSON, such as bytes, or a batch has other columns than the first.
 * @throws DataError if a cell has none, such as NaN; it names the column and the row.
 * @throws FileError if the file or stream cannot be written.
 */
export async function writeJsonLinesBatches(
  target: ByteTarget,
  source: BatchSource,
  options: WriteJsonLinesOptions = {},
): Promise<FileSummary<'json-lines'>> {
  checkOptions(writeJsonLinesOptions, options);
  const encode = (batches: AsyncIterable<RecordBatch>, what: string) =>
    encodeRows(sameColumns(batches, what), jsonLines);
  return writeEncoded(target, toBatches(source), { ...options, format: 'json-lines', encode });
}

const jsonLines: RowFormat = {
  start({ fields }) {
    const unfit = fields.find(({ type }) => !hasJson(type));
    if (unfit) throw noText('JSON', unfit.name, unfit.type);
    return '';
  },
  rows({ schema: { fields }, data: { children } }, before) {
    const read = structReader(fields, children);
    return (row) => {
      const text = read(row);
      if (text !== undefined) return `${text}\n`;
      const at = children.findIndex((column) => jsonReader(column)(row) === undefined);
      const value = children[at]?.values?.[row] ?? 'a value in it';
      throw noCellText('JSON', fields[at]?.name ?? '', before + row + 1, value);
    };
  },
};
