import type { RecordBatch, Schema } from 'apache-arrow';
import { createAdopter } from '../adopt/batch.js';
import { rebindBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { assertSameSchema } from './schema.js';

/**
 * The batches of a stream, all with one schema object: that of the first batch, or what `adapt`
 * makes of it. Batches of another copy of apache-arrow become batches of this one.
 *
 * @param place says in messages where a batch belongs.
 * @throws SchemaError for a batch with other columns, or for what is no batch.
 */
export async function* ofOneSchema(
  source: AsyncIterable<RecordBatch>,
  place = 'of the stream',
  adapt: (first: Schema) => Schema = (first) => first,
): AsyncGenerator<RecordBatch, void, undefined> {
  let first: Schema | undefined;
  let schema: Schema | undefined;
  let index = 0;
  const adopt = createAdopter();
  for await (const each of source) {
    const batch = adopt(each);
    first ??= batch.schema;
    schema ??= adapt(first);
    assertSameSchema(first, batch.schema, `batch ${index++} ${place}`);
    // arrow-js makes batches of no rows whose nested columns lack their children.
    yield batch.numRows === 0 ? emptyBatch(schema) : rebindBatch(schema, batch);
  }
}
