import type { Data, RecordBatch, Schema, Vector } from 'apache-arrow';
import { makeBatch } from '../data/batches/batch.js';
import type { Random } from '../random.js';
import type { ColumnEncoder } from './encoder.js';
import { columnOf } from './table.js';

/**
 * What puts those columns into made rows that are made when all others are there.
 *
 * @param schema That of the batches, which they keep.
 */
export function createCompleter(
  schema: Schema,
  encoders: readonly ColumnEncoder[],
): (batch: RecordBatch, random: Random) => RecordBatch {
  const names = schema.fields.map(({ name }) => name);
  if (encoders.every(({ completion }) => !completion)) return (batch) => batch;
  return (batch, random) => {
    const columns = encoders.map(({ completion }, column): Data => {
      if (!completion) return batch.data.children[column] as Data;
      const given = names.indexOf(completion.given ?? '');
      const cells = given < 0 ? undefined : (columnOf([batch], given) as Vector);
      return completion.make(cells, batch.numRows, random.fork(column));
    });
    return makeBatch(schema, columns, batch.numRows);
  };
}
