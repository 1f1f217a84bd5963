import type { RecordBatch, Schema } from 'apache-arrow';

/** Characters of a piece of text, about: rows are gathered into pieces, whatever the batches are. */
const pieceLength = 2 ** 16;

/** A format of text in which each row stands on its own. */
export interface RowFormat {
  /** What stands before the rows. @throws SchemaError for columns that the format does not have. */
  start(schema: Schema): string;
  /** Writes rows of a batch, each with its end. @param before rows of the output before the batch. */
  rows(batch: RecordBatch, before: number): (row: number) => string;
}

/** The batches, which have one schema, as UTF-8: some 64 kB at a time. */
export async function* encodeRows(
  batches: AsyncIterable<RecordBatch>,
  format: RowFormat,
): AsyncGenerator<Uint8Array, void, undefined> {
  let before: number | undefined;
  for await (const batch of batches) {
    let text = before === undefined ? format.start(batch.schema) : '';
    before ??= 0;
    const write = format.rows(batch, before);
    for (let row = 0; row < batch.numRows; row++) {
      text += write(row);
      if (text.length < pieceLength) continue;
      yield Buffer.from(text);
      text = '';
    }
    if (text !== '') yield Buffer.from(text);
    before += batch.numRows;
  }
}
