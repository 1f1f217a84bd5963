import {
  Binary,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int8,
  Int32,
  Int64,
  Null,
  Schema,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src/data/batches/batch.js';
import { type ColumnOptions, inferEncoder, inferEncoders } from '../../src/encode/infer.js';
import { InvalidOptionError, SchemaError } from '../../src/errors.js';
import { createRandom } from '../../src/random.js';
import { batchOf, column, cut, field, tableOf } from './columns.js';

const random = createRandom('infer');
const shuffled = Array.from({ length: 400 }, () => random.integer(1_000_000));
const texts = (next: (i: number) => unknown, count = 400) =>
  Array.from({ length: count }, (_, i) => {
    const value = next(i);
    return value === null ? null : String(value);
  });
const vector = new FixedSizeList(2, new Field('item', new Float32(), true));

const cases: [string, string, DataType, (string | null)[]][] = [
  ['continuous', 'floats', new Float64(), texts((i) => (shuffled[i] as number) / 7)],
  ['nullable', 'floats with nulls', new Float64(), texts((i) => (i % 5 ? shuffled[i] : null))],
  ['categorical', 'floats of few values', new Float64(), texts((i) => (i % 3) / 2)],
  ['categorical', 'few floats and nulls', new Float32(), texts((i) => (i % 3 ? i % 4 : null))],
  ['integer', 'integers', new Int64(), texts((i) => shuffled[i])],
  ['categorical', 'integers of few values', new Int32(), texts((i) => i % 20)],
  ['integer', 'few integers, but fewer rows', new Int32(), texts((i) => (i * i) % 7, 12)],
  ['integer', 'integers that only rise', new Int64(), texts((i) => 3 * i)],
  ['integer', 'integers that only fall', new Int64(), texts((i) => -3 * i)],
  ['integer', 'a short sequence', new Int32(), texts((i) => i, 50)],
  ['decimal', 'decimals', new Decimal(2, 12, 128), texts((i) => shuffled[i])],
  ['temporal', 'dates', new DateDay(), texts((i) => i % 3)],
  ['temporal', 'timestamps that only rise', new TimestampMicrosecond(), texts((i) => i)],
  ['boolean', 'booleans', new Bool(), texts((i) => i % 2 === 0)],
  ['constant', 'one number', new Int8(), texts(() => 4)],
  ['constant', 'one text', new Utf8(), texts(() => 'a')],
  ['constant', 'one boolean', new Bool(), texts(() => true)],
  ['nullable', 'one number and nulls', new Int8(), texts((i) => (i % 2 ? 4 : null))],
  ['categorical', 'one text and nulls', new Utf8(), texts((i) => (i % 2 ? 'a' : null))],
  ['categorical', 'texts', new Utf8(), texts((i) => `city ${i % 90}`)],
  ['categorical', 'a dictionary', new Dictionary(new Utf8(), new Int8()), texts((i) => i % 90)],
  ['identifier', 'nearly distinct texts', new Utf8(), texts((i) => `id ${i % 390}`)],
  ['categorical', 'few distinct texts', new Utf8(), texts((i) => `id ${i}`, 9)],
  ['identifier', 'ten distinct texts', new Utf8(), texts((i) => `id ${i}`, 10)],
  [
    'identifier',
    'texts that mostly occur once',
    new Utf8(),
    texts((i) => `id ${Math.min(i, 210)}`),
  ],
  [
    'categorical',
    'texts of which half occur once',
    new Utf8(),
    texts((i) => `id ${Math.min(i, 200)}`),
  ],
  ['integer', 'ranks', new Int64(), texts((i) => (i * 7) % 401)],
  ['identifier', 'integers that number the rows', new Int64(), texts((i) => i + 1)],
  ['integer', 'years', new Int64(), texts((i) => i + 1600)],
  ['categorical', 'many levels', new Utf8(), texts((i) => `id ${i % 1001}`, 3000)],
  ['null', 'nothing but nulls', new Utf8(), texts(() => null)],
];

describe('inferEncoder', () => {
  it.each(cases)('should choose %s for %s', (kind, _, type, cells) => {
    const encoder = inferEncoder(field(type), column(type, cells));

    expect(encoder.kind).toBe(kind);
  });

  it('should leave types without an exact text unmodelled, if they can be null', () => {
    const nested = batchOf([
      inferEncoder(field(new Null()), column(new Utf8(), ['a'])).decode([], 4, random),
    ]);

    expect(inferEncoder(field(new Null()), nested.getChildAt(0) as never).kind).toBe('null');
    for (const type of [new Binary(), vector]) {
      expect(inferEncoder(field(type), column(new Utf8(), ['a'])).kind).toBe('unmodelled');
      expect(() => inferEncoder(field(type, false), column(new Utf8(), ['a']))).toThrow(
        SchemaError,
      );
    }
  });

  it.each([new Binary(), vector])(
    'should refuse a column of %s where its nulls are not wanted, and say how to want them',
    (type) => {
      const sample = column(new Utf8(), ['a']);
      const infer = (options: ColumnOptions) => () => inferEncoder(field(type), sample, options);

      expect(infer({ unmodelled: 'refuse' })).toThrow(SchemaError);
      expect(infer({ unmodelled: 'refuse' })).toThrow(
        /'x' cannot be learned.*\{ "x": \{ kind: 'null' \} \}/,
      );
      expect(infer({ unmodelled: 'refuse', kind: 'null' })().kind).toBe('null');
      expect(infer({ unmodelled: 'null' })().kind).toBe('unmodelled');
    },
  );

  it.each<[ColumnOptions, DataType, string]>([
    [{ kind: 'categorical' }, new Int64(), 'categorical'],
    [{ kind: 'integer' }, new Int64(), 'integer'],
    [{ kind: 'continuous' }, new Int64(), 'integer'],
    [{ kind: 'continuous' }, new Float64(), 'continuous'],
    [{ kind: 'identifier' }, new Utf8(), 'identifier'],
    [{ kind: 'null' }, new Utf8(), 'null'],
    [{ maximumLevels: 3 }, new Utf8(), 'identifier'],
    [{ maximumLevels: 4 }, new Utf8(), 'categorical'],
  ])('should take the override %j for %s as %s', (override, type, kind) => {
    const sample = column(
      type,
      texts((i) => i % 4, 60),
    );

    expect(inferEncoder(field(type), sample, override).kind).toBe(kind);
  });

  it.each<[ColumnOptions, DataType, boolean, RegExp]>([
    [
      { kind: 'continuous' },
      new Utf8(),
      true,
      /'x' of type Utf8 cannot be learned as 'continuous'. Possible: categorical, identifier, resample, text, null/,
    ],
    [{ kind: 'boolean' }, new Int8(), true, /'boolean'/],
    [{ kind: 'temporal' }, new Int8(), true, /'temporal'/],
    [{ kind: 'null' }, new Int8(), false, /not nullable/],
    [{ kind: 'identifier' }, new Float64(), false, /'identifier'/],
    [{ kind: 'categorical', maximumLevels: 3 }, new Utf8(), true, /too many levels.*4.*Raise/],
  ])('should refuse the override %j for %s (nullable: %s)', (override, type, nullable, message) => {
    const sample = column(
      type,
      texts((i) => i % 4, 60),
    );
    const infer = () => inferEncoder(field(type, nullable), sample, override);

    expect(infer).toThrow(SchemaError);
    expect(infer).toThrow(message);
  });

  it('should refuse options that mean nothing', () => {
    const infer = (options: object) => () =>
      inferEncoder(field(new Utf8()), column(new Utf8(), ['a']), options);

    expect(infer({ kind: 'toString' })).toThrow(InvalidOptionError);
    expect(infer({ maximumLevels: 0 })).toThrow(InvalidOptionError);
    expect(infer({ unmodelled: 'drop' })).toThrow(/columns.x.unmodelled must be .*: drop/);
  });

  it('should refuse a sample without rows, and nulls where none can be', () => {
    expect(() => inferEncoder(field(new Utf8()), column(new Utf8(), []))).toThrow(/without rows/);
    expect(() => inferEncoder(field(new Utf8(), false), column(new Utf8(), ['a', null]))).toThrow(
      /'x' is not nullable but holds nulls: 1 of 2/,
    );
  });

  it.each(cases.slice(0, 7))(
    'should fit %s to %s the same, however it is cut',
    (_, __, type, cells) => {
      const sample = column(type, cells);

      const [whole, parts] = [sample, cut(sample, 5)].map((each) =>
        inferEncoder(field(type), each),
      );

      expect(parts?.toJSON()).toEqual(whole?.toJSON());
    },
  );
});

describe('inferEncoder, of values that few rows have', () => {
  const twice = column(
    new Utf8(),
    texts((i) => `name ${i % 2}`, 4),
  );

  it('should make names up where a text cannot be null', () => {
    const encoder = inferEncoder(field(new Utf8(), false), twice, {}, { leastRows: 5 });

    const made = encoder.decode([], 3, createRandom(1));
    expect(encoder.kind).toBe('identifier');
    expect(String(made.children.length === 0 && made.length)).toBe('3');
    expect(JSON.stringify(encoder.toJSON())).not.toContain('name');
  });

  it('should be null where a text can be, and keep them where all are learned', () => {
    const nullable = field(new Utf8(), true);

    expect(inferEncoder(nullable, twice, {}, { leastRows: 5 }).kind).toBe('unmodelled');
    expect(inferEncoder(nullable, twice, {}, { leastRows: 1 }).kind).toBe('categorical');
  });
});

describe('inferEncoders', () => {
  const columns = [column(new Utf8(), ['a', 'b', 'a']), column(new Float64(), ['1', '2', '3'])];
  const table = tableOf(columns.flatMap(({ data }) => data));

  it('should fit each column of a table, or of its batches', async () => {
    const fromTable = await inferEncoders(table.schema, table, { b: { kind: 'categorical' } });
    const fromBatches = await inferEncoders(table.schema, table.batches);

    expect(fromTable.map(({ kind }) => kind)).toEqual(['categorical', 'categorical']);
    expect(fromBatches.map(({ kind }) => kind)).toEqual(['categorical', 'continuous']);
  });

  it('should refuse a column that does not exist, and name the closest', async () => {
    const schema = new Schema([
      new Field('income', new Utf8(), true),
      new Field('age', new Int8()),
    ]);
    const infer = () => inferEncoders(schema, [], { incme: { kind: 'null' } });

    await expect(infer()).rejects.toThrow(SchemaError);
    await expect(infer()).rejects.toThrow(/'incme'. Did you mean 'income'\? Columns: income, age/);
  });

  it('should ask a column before all columns what becomes of what cannot be learned', async () => {
    const bytes = column(new Utf8(), ['a', 'b', 'c']).data[0]?.clone(new Binary() as never);
    const schema = new Schema([...table.schema.fields, new Field('raw', new Binary(), true)]);
    const whole = makeBatch(schema, [...columns.flatMap(({ data }) => data), bytes as Data], 3);
    const infer = (unmodelled: 'refuse' | 'null', own?: ColumnOptions) =>
      inferEncoders(schema, [whole], own && { raw: own }, { unmodelled });

    await expect(infer('refuse')).rejects.toThrow(/column 'raw' cannot be learned/);
    await expect(infer('null', { unmodelled: 'refuse' })).rejects.toThrow(/column 'raw'/);
    for (const made of [
      await infer('refuse', { unmodelled: 'null' }),
      await infer('refuse', { kind: 'null' }),
      await infer('null'),
    ]) {
      expect(made.map(({ kind }) => kind).slice(0, 2)).toEqual(['categorical', 'continuous']);
    }
  });

  it('should refuse a sample without batches', async () => {
    await expect(inferEncoders(table.schema, [])).rejects.toThrow(/column 'a'.*without rows/);
  });
});
