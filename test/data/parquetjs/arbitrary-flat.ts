import { type DataType, Field, makeData, type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { type FlatKind, flatTypes } from '../../../src/data/parquetjs/kinds.js';
import { makeColumn, type StoredValue } from '../../../src/data/parquetjs/stored.js';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc
    .string({ unit: 'binary', maxLength: 6 })
    .filter((each) => Buffer.from(each).toString() === each),
  fc.constantFrom('', '\ufeffmark', '\0', 'x'.repeat(300), '0', 'NaN'),
);

/** Random values that parquetjs-lite keeps. */
export const arbitraryValues: Record<FlatKind, fc.Arbitrary<StoredValue>> = {
  int32: fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1)),
  int64: fc.oneof(
    fc.maxSafeInteger().map(BigInt),
    fc.constantFrom(BigInt(Number.MAX_SAFE_INTEGER), BigInt(Number.MIN_SAFE_INTEGER)),
  ),
  float32: fc.float({ noNaN: true, noDefaultInfinity: true }),
  float64: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(-0, Number.MIN_VALUE, -Number.MAX_VALUE, 1e21, 1e-7),
  ),
  bool: fc.boolean(),
  utf8: text.map((each) => Buffer.from(each)),
  date32: fc.oneof(
    fc.integer({ min: -100_000_000, max: 100_000_000 }),
    fc.constantFrom(-1, 0, -100_000_000, 100_000_000),
  ),
  binary: fc.uint8Array({ maxLength: 8 }),
};

/** Random names that parquetjs-lite keeps. */
const names = fc
  .oneof(
    text,
    fc.constantFrom(
      'constructor',
      'toString',
      'parent',
      'num_children',
      'a.b',
      'fields',
      '-1',
      '01',
    ),
  )
  .filter((name) => !/^(0|[1-9]\d*)$|,|^__proto__$|^\ufeff/.test(name));

/** Random batches of one flat schema that parquetjs-lite keeps, most of them slices. */
export function arbitraryFlatBatches({ maxRows = 40 } = {}): fc.Arbitrary<RecordBatch[]> {
  const column = fc.record({
    name: names,
    kind: fc.constantFrom(...(Object.keys(flatTypes) as FlatKind[])),
    nullable: fc.boolean(),
    tag: fc.string({ maxLength: 3 }),
  });
  return fc
    .uniqueArray(column, { minLength: 1, maxLength: 5, selector: ({ name }) => name })
    .chain((columns) => {
      const fields = columns.map(
        ({ name, kind, nullable, tag }) =>
          new Field(name, flatTypes[kind].arrowType(), nullable, new Map([['tag', tag]])),
      );
      const schema = new Schema(fields, new Map([['origin', 'random']]));
      const batch = fc.integer({ min: 0, max: maxRows }).chain((rows) =>
        fc
          .tuple(
            fc.tuple(
              ...columns.map(({ kind, nullable }) => {
                const value = arbitraryValues[kind];
                const each = nullable ? fc.option(value, { freq: 2 }) : value;
                return fc.array(each, { minLength: rows, maxLength: rows });
              }),
            ),
            fc.nat(rows),
            fc.nat(rows),
          )
          .map(([values, a, b]) => {
            const data = columns.map(({ kind }, index) => makeColumn(kind, values[index] ?? []));
            const whole = makeBatch(schema, data, rows);
            return a === b ? whole : whole.slice(Math.min(a, b), Math.max(a, b));
          }),
      );
      return fc.array(batch, { minLength: 1, maxLength: 3 });
    });
}

/** A batch of one column `x` of the type, without rows or with one. */
export function oneColumn(
  type: DataType,
  data?: ArrayLike<number | bigint>,
  name = 'x',
): RecordBatch {
  const rows = data?.length ?? 0;
  const schema = new Schema([new Field(name, type, true)]);
  return makeBatch(
    schema,
    [makeData({ type, length: rows, ...(data ? { data } : {}) } as never)],
    rows,
  );
}
