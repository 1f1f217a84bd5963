import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeUtf8,
  type RecordBatch,
  Schema,
  Timestamp,
  TimestampMillisecond,
  TimeUnit,
  Uint16,
  Uint64,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import { rowBatches } from '../../../src/data/rows/read.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { DataError, SchemaError } from '../../../src/errors.js';
import { checkAugmented } from '../../../src/testing/check-augmented.js';
import { checkSameRows } from '../../../src/testing/check-same-rows.js';
import { standInModel } from '../../../src/testing/stand-in-model.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { caseCount } from '../../support/cases.js';

const rows = Array.from({ length: 60 }, (_, k) => ({
  age: k % 5 ? 20 + (k % 7) : null,
  income: (k % 11) * 0.5,
  city: ['Rome', 'Oslo', 'Lima', null, '', '\ufeffa city with a long name'][k % 6],
  on: k % 3 === 0,
  price: ((k % 13) * 1.25).toFixed(2),
  at: new Date(Date.UTC(2024, 2, 1 + (k % 40), k % 24)),
  day: new Date(Date.UTC(1960 + k, 5, 1 + (k % 28))),
}));
type Row = (typeof rows)[number];

/** Whatever the form, the same texts: decimals of any scale are numbers, instants of any unit dates. */
function content({ age, income, city, on, price, at, day }: Row): string {
  const time = (value: unknown) => (value === null ? null : new Date(value as Date).toISOString());
  const number = (value: unknown) => (value === null ? null : Number(value));
  return JSON.stringify([
    number(age),
    number(income),
    city,
    on,
    number(price),
    time(at),
    time(day),
  ]);
}

const batchesOf = (given: readonly object[], schema: Schema, batchRows = 16) =>
  collect(rowBatches(given, { schema, batchRows }));
const plain = (batches: readonly RecordBatch[]) => collect(plainRows(asyncFrom(batches)));

const learned = new Schema([
  new Field('age', new Int64(), true),
  new Field('income', new Float64(), true),
  new Field('city', new Utf8(), true),
  // Nulls were not seen in training.
  new Field('on', new Bool(), false),
  new Field('price', new Decimal(2, 10, 128), false),
  new Field('at', new TimestampMillisecond('UTC'), false),
  new Field('day', new DateDay(), true),
]);
const model = standInModel(await batchesOf(rows, learned));

const units = [TimeUnit.SECOND, TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND];
const types: Readonly<Record<keyof Row, readonly (() => DataType)[]>> = {
  age: [
    () => new Int64(),
    () => new Int32(),
    () => new Int16(),
    () => new Int8(),
    () => new Uint16(),
    () => new Uint64(),
    // As pandas has whole numbers with nulls among them.
    () => new Float64(),
    () => new Decimal(0, 10, 128),
    () => new Decimal(2, 12, 128),
  ],
  income: [() => new Float64(), () => new Float32(), () => new Decimal(1, 8, 128)],
  city: [
    () => new Utf8(),
    () => new LargeUtf8(),
    () => new Utf8View(),
    () => new Dictionary(new Utf8(), new Int8()),
    () => new Dictionary(new LargeUtf8(), new Int32()),
    () => new Dictionary(new Utf8View(), new Uint16()),
  ],
  on: [() => new Bool()],
  price: [
    () => new Decimal(2, 10, 128),
    () => new Decimal(2, 4, 128),
    () => new Decimal(5, 30, 128),
    () => new Decimal(3, 50, 256),
    () => new Float64(),
    () => new Float32(),
  ],
  at: ['UTC', 'Europe/Zurich', '+02:00'].flatMap((zone) =>
    units.map((unit) => () => new Timestamp(unit, zone)),
  ),
  day: [() => new DateDay(), ...units.map((unit) => () => new Timestamp(unit))],
};

/** The same table in another form: other types, order and nullability, and perhaps another column. */
const form = fc
  .record({
    types: fc.record({
      age: fc.constantFrom(...types.age),
      income: fc.constantFrom(...types.income),
      city: fc.constantFrom(...types.city),
      on: fc.constantFrom(...types.on),
      price: fc.constantFrom(...types.price),
      at: fc.constantFrom(...types.at),
      day: fc.constantFrom(...types.day),
    }),
    isNeeded: fc.boolean(),
    isBeside: fc.boolean(),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
  })
  .map(({ types, isNeeded, isBeside, order }) => {
    const nullable: readonly string[] = ['age', 'city', ...(isNeeded ? [] : Object.keys(types))];
    const fields = [
      ...Object.entries(types).map(
        ([name, type]) => new Field(name, type(), nullable.includes(name)),
      ),
      ...(isBeside ? [new Field('note', new Utf8(), true)] : []),
    ];
    return new Schema(order.flatMap((k) => fields[k] ?? []));
  });

/** The real rows of a form: with nulls where the model knows none, if the form allows them. */
function realRows(schema: Schema): readonly object[] {
  const isNullable = schema.fields.find(({ name }) => name === 'on')?.nullable;
  const nulls = { on: null, price: null, at: null };
  return rows.map((row, k) => ({
    ...row,
    ...(isNullable && k % 4 === 1 ? nulls : {}),
    ...(schema.names.includes('note' as never) ? { note: 'real' } : {}),
  }));
}

describe('augmentBatches by a model of the same table in another form', () => {
  it('should keep real rows bit for bit, and make rows of the stream’s own types', async () => {
    const known = new Set(rows.map(content));
    const options = fc.record({
      ratio: fc.constantFrom(0.2, 0.5),
      mode: fc.constantFrom('append' as const, 'replace' as const),
      placement: fc.constantFrom('interleave' as const, 'append' as const),
      mark: fc.constantFrom('synthetic', undefined),
    });
    await fc.assert(
      fc.asyncProperty(
        form,
        options,
        fc.integer({ min: 1, max: 40 }),
        async (schema, how, size) => {
          const hasNote = schema.names.includes('note' as never);
          const given = realRows(schema);
          const batches = await batchesOf(given, schema, size);
          const mode = how.mode === 'replace' ? { ratio: how.ratio, mode: how.mode } : how;
          const mark = how.mark === undefined ? {} : { mark: how.mark };

          const output = await collect(
            augmentBatches(asyncFrom(batches), { ...mode, ...mark, model, seed: 3 }),
          );
          const same = await collect(
            augmentBatches(asyncFrom(await batchesOf(rows, learned, size)), {
              ...mode,
              model,
              seed: 3,
              mark: 'synthetic',
            }),
          );

          // Without a mark, it is not told which rows of a batch are synthetic.
          if (how.mark) checkAugmented(batches, output, { ...mode, ...mark });
          const columns = (output[0] as RecordBatch).schema.fields;
          const own = columns.slice(0, schema.fields.length);
          expect(own.map(String)).toEqual(schema.fields.map(String));
          const marks = (await plain(same)).map(({ synthetic }) => synthetic);
          const found = await plain(output);
          expect(found).toHaveLength(marks.length);
          if (how.mark) expect(found.map(({ synthetic }) => synthetic)).toEqual(marks);
          const real = found.filter((_, k) => !marks[k]);
          const expected = how.mode === 'replace' ? given.filter((_, k) => !marks[k]) : given;
          expect(real).toEqual(
            (await plain(await batchesOf(expected, schema))).map((row) =>
              how.mark ? { ...row, synthetic: false } : row,
            ),
          );
          for (const [k, row] of found.entries()) {
            if (!marks[k]) continue;
            expect(known).toContain(content(row as unknown as Row));
            if (hasNote) expect(row.note).toBeNull();
          }
        },
      ),
      { numRuns: caseCount(30, 300) },
    );
  });

  it('should give the same rows however the stream is cut', async () => {
    const schema = new Schema([
      new Field('city', new Dictionary(new Utf8(), new Int8(), 5), true),
      ...[...learned.fields].reverse().filter(({ name }) => name !== 'city'),
    ]);
    const run = async (size: number) =>
      collect(
        augmentBatches(asyncFrom(await batchesOf(rows, schema, size)), { ratio: 0.4, model }),
      );

    expect(checkSameRows(await run(60), await run(7))).toBe(100);
  });

  it.each<[string, Schema, RegExp]>([
    ['a column that is missing', new Schema(learned.fields.slice(1)), /column 'age' is missing/],
    [
      'a column of another kind',
      new Schema([new Field('age', new Utf8(), true), ...learned.fields.slice(1)]),
      /column 'age' was \(age: int64\), is \(age: utf8\)/,
    ],
    [
      'another column that allows no null',
      new Schema([...learned.fields, new Field('id', new Int32(), false)]),
      /column 'id' is new, and allows no null/,
    ],
    [
      'several columns, each by its name',
      new Schema([new Field('age', new Utf8(), true), ...learned.fields.slice(2)]),
      /column 'age' was .*; column 'income' is missing/,
    ],
  ])('should refuse %s', async (_, schema, message) => {
    const given = rows.map((row, id) => ({ ...row, age: `${row.age}`, id }));
    const values =
      schema.fields[0]?.type instanceof Utf8 ? given : rows.map((row, id) => ({ ...row, id }));
    const batches = await collect(rowBatches(values, { schema, extraKeys: 'ignore' }));

    const augmenting = collect(augmentBatches(asyncFrom(batches), { ratio: 0.5, model }));

    await expect(augmenting).rejects.toBeInstanceOf(SchemaError);
    await expect(augmenting).rejects.toThrow(message);
  });

  it('should refuse a value that the stream’s type does not hold', async () => {
    const old = standInModel(await batchesOf([{ ...rows[1], age: 300 }], learned));
    const schema = new Schema([new Field('age', new Int8(), true), ...learned.fields.slice(1)]);
    const batches = await batchesOf(rows, schema);

    const augmenting = collect(augmentBatches(asyncFrom(batches), { ratio: 0.5, model: old }));

    await expect(augmenting).rejects.toBeInstanceOf(DataError);
    await expect(augmenting).rejects.toThrow(
      /column 'age' cannot hold what the model makes: 300 is no int8/,
    );
  });
});
