import type { RecordBatch } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { ofOneSchema } from './one-schema.js';
import { wireSchema } from './wire-schema.js';

/**
 * The batches, checked to have the columns of the first one, and all with one schema object that is
 * fit for writing: arrow-js's writers drop batches with another schema without a word.
 *
 * @param what names the output in messages.
 * @throws SchemaError for a batch that differs, or if there is none.
 */
export async function* sameColumns(
  batches: AsyncIterable<RecordBatch>,
  what: string,
): AsyncGenerator<RecordBatch, void, undefined> {
  let empty = true;
  for await (const batch of ofOneSchema(batches, `for ${what}`, wireSchema)) {
    empty = false;
    yield batch;
  }
  if (empty) {
    throw new SchemaError(
      `output cannot be written without a schema: ${what}. Send at least one batch; it may have no rows.`,
    );
  }
}
