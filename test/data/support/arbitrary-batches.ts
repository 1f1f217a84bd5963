import { DataType, Field, type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { arbitraryData } from './arbitrary-data.js';
import type { Numbers } from './arbitrary-instants.js';
import {
  arrowOnlyDictionaryTypes,
  arrowOnlyTypes,
  dictionaryTypes,
  fixedTypes,
  variableTypes,
  viewTypes,
} from './types.js';

/** Random types that every format has. */
export const commonTypes: fc.Arbitrary<DataType> = fc.oneof(
  fc.constantFrom(...fixedTypes),
  fc.constantFrom(...variableTypes),
  fc.constantFrom(...dictionaryTypes).map((make) => make()),
);

/** Random types of Arrow. */
export const allTypes: fc.Arbitrary<DataType> = fc.oneof(
  { weight: 3, arbitrary: commonTypes },
  { weight: 1, arbitrary: fc.constantFrom(...arrowOnlyTypes) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...viewTypes, ...arrowOnlyDictionaryTypes).map((make) => make()),
  },
);

/** Random batches of one random schema, most of them slices of longer ones. */
export function arbitraryBatches(
  types: fc.Arbitrary<DataType>,
  {
    minBatches = 1,
    maxBatches = 4,
    maxRows = 20,
    minColumns = 0,
    maxColumns = 4,
    numbers = 'any' as Numbers,
  } = {},
): fc.Arbitrary<RecordBatch[]> {
  const column = fc.record({
    type: types,
    nullable: fc.boolean(),
    tag: fc.string({ maxLength: 4 }),
  });
  const columns = fc.array(column, { minLength: minColumns, maxLength: maxColumns });
  return columns.chain((each) => {
    const fields = each.map(
      ({ type, nullable, tag }, k) =>
        // Unions and nulls cannot but be nullable.
        new Field(
          `c${k}`,
          type,
          nullable || DataType.isNull(type) || DataType.isUnion(type),
          new Map([['tag', tag]]),
        ),
    );
    const schema = new Schema(fields, new Map([['origin', 'random']]));
    return fc.array(arbitraryBatch(schema, maxRows, numbers), {
      minLength: minBatches,
      maxLength: maxBatches,
    });
  });
}

function arbitraryBatch(
  schema: Schema,
  maxRows: number,
  numbers: Numbers,
): fc.Arbitrary<RecordBatch> {
  return fc.integer({ min: 0, max: maxRows }).chain((rows) => {
    const columns = schema.fields.map(({ type, nullable }) =>
      arbitraryData(type, rows, nullable, numbers),
    );
    return fc.tuple(fc.tuple(...columns), fc.nat(rows), fc.nat(rows)).map(([data, a, b]) => {
      const batch = makeBatch(schema, data, rows);
      // arrow-js's own slice, with its hidden offsets.
      return a === b ? batch : batch.slice(Math.min(a, b), Math.max(a, b));
    });
  });
}

/** The items, as an async iterable. */
export async function* asyncFrom<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items;
}

/** All items of an async iterable. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
