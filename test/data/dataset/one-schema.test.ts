import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DataType,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeUtf8,
  Null,
  type RecordBatch,
  Schema,
  Timestamp,
  TimeUnit,
  Uint32,
  Utf8,
  Utf8View,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readDatasetBatches } from '../../../src/data/dataset/read.js';
import { writeBatches } from '../../../src/data/open.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { castData } from '../../../src/data/schema/cast-data.js';
import { describeField, describeType } from '../../../src/data/schema/describe.js';
import { unifyTypes } from '../../../src/data/schema/unify-types.js';
import { SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

interface Column {
  readonly type: DataType;
  readonly values: readonly unknown[];
  readonly nullable?: boolean;
}

function batchOf(columns: Readonly<Record<string, Column>>): RecordBatch {
  const entries = Object.entries(columns);
  const fields = entries.map(
    ([name, { type, nullable = true }]) => new Field(name, type, nullable),
  );
  const data = entries.map(
    ([, { type, values }]) => vectorFromArray(values as never, type).data[0],
  );
  return makeBatch(new Schema(fields), data as never, entries[0]?.[1].values.length ?? 0);
}

async function dataset(extension: string, batches: readonly RecordBatch[]): Promise<string> {
  const root = directory.fresh('dataset');
  await mkdir(root);
  for (const [index, batch] of batches.entries()) {
    await writeBatches(join(root, `${index}.${extension}`), asyncFrom([batch]));
  }
  return root;
}

const read = (root: string, options = {}) => collect(readDatasetBatches(root, options));
const rowsOf = (batches: readonly RecordBatch[]) => collect(plainRows(asyncFrom(batches)));

describe.each(['parquet', 'arrow', 'arrows'])('a dataset of .%s files that differ', (extension) => {
  const first = batchOf({
    id: { type: new Int32(), values: [1, 2], nullable: false },
    city: { type: new Utf8(), values: ['Bern', null] },
    extra: { type: new Float64(), values: [0.5, 1] },
  });
  const second = batchOf({
    city: { type: new Dictionary(new LargeUtf8(), new Int8()), values: ['Basel', null, 'Basel'] },
    id: { type: new Int64(), values: [3n, null, 2n ** 40n] },
  });

  it('should be one, matched by name', async () => {
    const root = await dataset(extension, [first, second]);

    const batches = await read(root);

    expect(batches.map(({ schema }) => schema.fields.map(describeField))[1]).toEqual([
      'id: int64',
      'city: large_utf8',
      'extra: float64',
    ]);
    expect(new Set(batches.map(({ schema }) => schema)).size).toBe(1);
    expect(await rowsOf(batches)).toEqual([
      { id: 1, city: 'Bern', extra: 0.5 },
      { id: 2, city: null, extra: 1 },
      { id: 3, city: 'Basel', extra: null },
      { id: null, city: null, extra: null },
      { id: 2 ** 40, city: 'Basel', extra: null },
    ]);
  });

  it('should give some columns, those that a file lacks among them', async () => {
    const root = await dataset(extension, [first, second]);

    expect(await rowsOf(await read(root, { columns: ['extra'] }))).toEqual([
      { extra: 0.5 },
      { extra: 1 },
      { extra: null },
      { extra: null },
      { extra: null },
    ]);
  });

  it.each<[string, RecordBatch, RegExp]>([
    [
      'types that nothing holds',
      batchOf({
        id: { type: new Utf8(), values: ['x'] },
        city: { type: new Utf8(), values: ['x'] },
      }),
      /1\.\w+ has another schema than before: column 'id' was \(id: int32 not null\), is \(id: utf8\)/,
    ],
    [
      'no column where null is not allowed',
      batchOf({ city: { type: new Utf8(), values: ['x'] } }),
      /1\.\w+ has another schema than before: column 'id' is missing, and allows no null/,
    ],
  ])('should be refused where there are %s', async (_, other, message) => {
    const root = await dataset(extension, [first, other]);

    await expect(read(root)).rejects.toThrow(SchemaError);
    await expect(read(root)).rejects.toThrow(message);
  });
});

describe('unifyTypes and castData', () => {
  const time = (unit: TimeUnit, zone?: string) => new Timestamp(unit, zone);

  it.each<[DataType, DataType, string | undefined]>([
    [new Int8(), new Int16(), 'int16'],
    [new Uint32(), new Int8(), 'int64'],
    [new Int32(), new Float32(), 'float64'],
    [new Int64(), new Float64(), undefined],
    [new Utf8View(), new Utf8(), 'utf8'],
    [new Null(), new Int8(), 'int8'],
    [time(TimeUnit.MILLISECOND), time(TimeUnit.MICROSECOND), 'timestamp[us]'],
    [time(TimeUnit.SECOND, 'UTC'), time(TimeUnit.SECOND), undefined],
    [new Utf8(), new Int8(), undefined],
  ])('should make of %s and %s: %s', (a, b, expected) => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const unified = unifyTypes(one, other);
      expect(unified && describeType(unified)).toBe(expected);
    }
  });

  it('should change no value', async () => {
    const texts = fc.array(fc.option(fc.string({ unit: 'grapheme' })), { minLength: 1 });
    const textTypes: (() => DataType)[] = [
      () => new Utf8(),
      () => new LargeUtf8(),
      () => new Dictionary(new Utf8(), new Int8()),
      () => new Dictionary(new LargeUtf8(), new Int32()),
    ];
    const numbers = fc.array(fc.option(fc.integer({ min: -128, max: 127 })), { minLength: 1 });
    const numberTypes: (() => DataType)[] = [
      () => new Int8(),
      () => new Int16(),
      () => new Int32(),
      () => new Float64(),
    ];
    const cases = fc.oneof(
      fc.tuple(texts, fc.constantFrom(...textTypes), fc.constantFrom(...textTypes)),
      fc.tuple(numbers, fc.constantFrom(...numberTypes), fc.constantFrom(...numberTypes)),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([values, from, to]) => {
        const batch = batchOf({ x: { type: from(), values: values.slice(0, 100) } });
        const type = unifyTypes(batch.schema.fields[0]?.type as DataType, to()) as DataType;

        const cast = castData(type, batch.data.children[0] as never);

        const schema = new Schema([new Field('x', type, true)]);
        expect(describeType(cast.type)).toBe(describeType(type));
        expect(await rowsOf([makeBatch(schema, [cast], batch.numRows)])).toEqual(
          values.slice(0, 100).map((x) => ({ x })),
        );
      }),
      { numRuns: 100 },
    );
  });
});
