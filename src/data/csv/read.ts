import { Field, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { rereadWhole, withRereading } from '../batches/rereadable.js';
import { type ByteSource, isByteStream, nameOf, readChunks } from '../files/byte-source.js';
import { maybeGunzip } from '../files/gunzip.js';
import { buildColumn } from './columns.js';
import { splitHeader } from './header.js';
import { inferColumns } from './infer.js';
import { checkCsvOptions, type ReadCsvOptions } from './options.js';
import { type CsvRow, readRows } from './rows.js';
import { createTaker } from './take-rows.js';

export type { ReadCsvOptions } from './options.js';
export type { CsvType } from './types.js';

/** Characters of the rows that are held at once, at most, and of the sample. */
const mostHeld = 2 ** 25;
const mostSampled = 2 ** 26;

/**
 * Reads CSV as record batches: a header, and cells with or without quotes (RFC 4180).
 *
 * Types are those given, or inferred from the first rows: boolean, int64, float64, date, timestamp
 * in microseconds, with or without a zone, or text. Nothing is rounded: whole numbers that a float
 * cannot hold, codes such as '007' and parts of a microsecond make a column text. All columns are
 * nullable. All batches have one schema object; no rows give one batch without rows.
 *
 * @throws InvalidOptionError for options that cannot be used.
 * @throws FileError if the file cannot be opened or read.
 * @throws FormatError if it is no CSV, or in another encoding; it names the line.
 * @throws DataError if a cell does not fit the type of its column; it names the row and the column.
 * @throws SchemaError if two columns have one name, or `types` names one that is not there.
 */
export function readCsvBatches(
  source: ByteSource,
  options: ReadCsvOptions = {},
): AsyncGenerator<RecordBatch, void, undefined> {
  const again = rereadWhole(
    (signal) => readOnce(source, { ...options, signal }),
    () => nameOf(source),
  );
  return withRereading(readOnce(source, options), isByteStream(source) ? undefined : again);
}

async function* readOnce(
  source: ByteSource,
  options: ReadCsvOptions,
): AsyncGenerator<RecordBatch, void, undefined> {
  const checked = checkCsvOptions(options, nameOf(source));
  const { name, sampleRows, batchRows, signal } = checked;
  const chunks = maybeGunzip(readChunks(source, name, signal), name);
  const blocks = readRows(chunks, checked);
  try {
    const { names, rows } = await splitHeader(blocks, checked);
    const take = createTaker(rows);
    const sample = await take(sampleRows, mostSampled);
    const columns = await inferColumns(names, sample, checked);
    const schema = new Schema(columns.map((each) => new Field(each.name, each.type, true)));
    let before = 0;
    const toBatch = (part: readonly CsvRow[]) => {
      const data = columns.map((each, k) => buildColumn(each, k, part, { name, before }));
      before += part.length;
      return makeBatch(schema, data, part.length);
    };
    for (let start = 0; start < sample.length; start += batchRows) {
      yield toBatch(sample.slice(start, start + batchRows));
    }
    sample.length = 0;
    for (;;) {
      signal?.throwIfAborted();
      const part = await take(batchRows, mostHeld);
      if (part.length === 0) break;
      yield toBatch(part);
    }
    if (before === 0) yield emptyBatch(schema);
  } finally {
    await blocks.return();
  }
}
