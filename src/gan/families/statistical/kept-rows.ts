import { type Data, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch, rebindBatch } from '../../../data/batches/batch.js';
import { concatenateBatches } from '../../../data/batches/interleave.js';
import { readIpcBatches } from '../../../data/ipc/read.js';
import { encodeIpcStream } from '../../../data/ipc/write.js';
import { schemaDifference } from '../../../data/schema/schema.js';
import type { ColumnEncoder } from '../../../encode/encoder.js';
import { ModelError } from '../../../errors.js';
import type { Random } from '../../../random.js';
import type { TrainingData } from '../family.js';
import { isUnlearned, kindsOf } from './kinds.js';

/** Name of the file that training rows are kept in. */
const file = 'rows.arrow';

/**
 * Training rows as a file of a model. What names rows, and what is not learned, is not among them: it
 * is null or made up, as in synthetic rows.
 */
export async function keepRows(
  { schema, batches, random }: TrainingData,
  encoders: readonly ColumnEncoder[],
) {
  const bare = new Schema(schema.fields);
  const rows = withoutNames(concatenateBatches(bare, batches), encoders, random.fork('kept rows'));
  const chunks: Uint8Array[] = [];
  for await (const chunk of encodeIpcStream(only(rows))) chunks.push(chunk.slice());
  return { name: file, bytes: new Uint8Array(Buffer.concat(chunks)) };
}

function withoutNames(
  rows: RecordBatch,
  encoders: readonly ColumnEncoder[],
  random: Random,
): RecordBatch {
  const kinds = kindsOf(encoders);
  const columns = rows.data.children.map((column, k): Data => {
    const encoder = encoders[k] as ColumnEncoder;
    if (!isUnlearned(kinds[k] as string)) return column;
    return encoder.decode([], rows.numRows, random.fork(k));
  });
  return makeBatch(rows.schema, columns, rows.numRows);
}

async function* only(batch: RecordBatch): AsyncGenerator<RecordBatch, void, undefined> {
  yield batch;
}

/**
 * Reads kept rows.
 *
 * @throws ModelError when they are of other columns, or none; FormatError when they are damaged.
 */
export async function readKeptRows(bytes: Uint8Array, schema: Schema): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of readIpcBatches(bytes, { name: file })) {
    const difference = schemaDifference(batch.schema, schema);
    if (difference !== undefined) throw new ModelError(`its columns are others: ${difference}`);
    if (batch.numRows > 0) batches.push(rebindBatch(schema, batch));
  }
  if (batches.length === 0) throw new ModelError('it holds no rows');
  return batches;
}
