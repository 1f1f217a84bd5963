import type { RecordBatch } from 'apache-arrow';
import { type BatchSource, toBatches } from '../batches/batch-source.js';
import { type ByteTarget, targetPath } from '../files/byte-target.js';
import type { FileSummary } from '../files/file-summary.js';
import { writeEncoded } from '../files/write-encoded.js';
import { sameColumns } from '../schema/same-columns.js';
import { encodeRows, type RowFormat } from '../text/encode-rows.js';
import { guardText, quoteCell } from './quote.js';
import { assertCells, cellWriter } from './write-cells.js';
import { type CsvStyle, checkWriteCsvOptions, type WriteCsvOptions } from './write-options.js';

export type { WriteCsvOptions } from './write-options.js';

/**
 * Writes batches as CSV (RFC 4180, in UTF-8): to a file, which appears whole or not at all, or to a
 * Node or web stream, no faster than its reader takes them.
 *
 * Floats have the shortest text that gives the same value; dates, times and durations are written as
 * ISO 8601 has them; lists and structs as JSON.
 *
 * @throws InvalidOptionError for options that cannot be used.
 * @throws SchemaError if a column has no text, such as bytes, or a batch has other columns than the first.
 * @throws DataError if a cell has none, or is the text that stands for null; it names column and row.
 * @throws FileError if the file or stream cannot be written.
 */
export async function writeCsvBatches(
  target: ByteTarget,
  source: BatchSource,
  options: WriteCsvOptions = {},
): Promise<FileSummary<'csv'>> {
  const style = checkWriteCsvOptions(options, targetPath(target));
  const { end, name, signal } = options;
  const encode = (batches: AsyncIterable<RecordBatch>, what: string) =>
    encodeRows(sameColumns(batches, what), csvFormat(style));
  return writeEncoded(target, toBatches(source), { format: 'csv', encode, end, name, signal });
}

function csvFormat(style: CsvStyle): RowFormat {
  const { delimiter, lineEnd, header, guard } = style;
  return {
    start({ fields }) {
      assertCells(fields);
      const names = fields.map(({ name }) => quoteCell(guard ? guardText(name) : name, delimiter));
      return header ? names.join(delimiter) + lineEnd : '';
    },
    rows({ schema, data }, before) {
      const columns = data.children.map((each, k) =>
        cellWriter(each, schema.fields[k]?.name ?? '', before, style),
      );
      return (row) => columns.map((write) => write(row)).join(delimiter) + lineEnd;
    },
  };
}
