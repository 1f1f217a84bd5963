import type { RecordBatch, Schema } from 'apache-arrow';
import { rebindBatch } from './batch.js';
import { adoptBatch, assertSameSchema } from './schema.js';

/**
 * The batches of a stream, all with one schema object: that of the first batch, or what `adapt`
 * makes of it.
 *
 * @param place says in messages where a batch belongs.
 * @throws SchemaError for a batch of another copy of apache-arrow, or with other columns.
 */
export async function* ofOneSchema(
  source: AsyncIterable<RecordBatch>,
  place = 'of the stream',
  adapt: (first: Schema) => Schema = (first) => first,
): AsyncGenerator<RecordBatch, void, undefined> {
  let first: Schema | undefined;
  let schema: Schema | undefined;
  let index = 0;
  for await (const each of source) {
    const batch = adoptBatch(each);
    first ??= batch.schema;
    schema ??= adapt(first);
    assertSameSchema(first, batch.schema, `batch ${index++} ${place}`);
    yield rebindBatch(schema, batch);
  }
}
