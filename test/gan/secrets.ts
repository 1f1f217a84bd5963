import {
  type DataType,
  Float64,
  Int32,
  Int64,
  type RecordBatch,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { createRandom } from '../../src/random.js';

/** A table with secrets in each row: a number with many digits, and a text that hardly repeats. */
export function secrets(rows: number, seed: number): RecordBatch {
  const random = createRandom(seed);
  const column = (type: DataType, value: (row: number) => unknown) =>
    vectorFromArray(
      Array.from({ length: rows }, (_, row) => value(row)),
      type,
    );
  const table = new Table({
    amount: column(new Float64(), () => 1000 + 123.456789 * random.normal()),
    account: column(new Int64(), () => BigInt(random.integer(2 ** 32)) * 1_000_003n),
    name: column(new Utf8(), () => `secret-${random.integer(2 ** 32)}`),
    kind: column(new Int32(), (row) => row % 3),
  });
  return table.batches[0] as RecordBatch;
}

/**
 * The values of its rows that no model may hold: all but the bounds of the numbers, which are their
 * values of this rank from either end.
 */
export function secretsIn(batch: RecordBatch, rank = 1): (number | bigint | string)[] {
  return ['amount', 'account', 'name'].flatMap((name) => {
    const values = [...(batch.getChild(name) ?? [])] as (number | bigint | string)[];
    const sorted = values.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
    const bounds = [sorted[rank - 1], sorted.at(-rank)];
    return name === 'name' ? values : sorted.filter((value) => !bounds.includes(value));
  });
}
