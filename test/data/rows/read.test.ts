import { Readable } from 'node:stream';
import {
  type DataType,
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int8,
  LargeUtf8,
  Schema,
  Timestamp,
  TimeUnit,
  Uint64,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ObjectSource, type RowsOptions, rowBatches } from '../../../src/data/rows/read.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { describeField, describeType } from '../../../src/data/schema/describe.js';
import { DataError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { exactRows } from '../support/exact.js';

const read = (source: ObjectSource, options?: RowsOptions) => collect(rowBatches(source, options));
const columnsOf = async (source: ObjectSource, options?: RowsOptions) =>
  (await read(source, options))[0]?.schema.fields.map(describeField);
const back = async (source: ObjectSource, options?: RowsOptions) =>
  collect(plainRows(asyncFrom(await read(source, options))));

/** What libraries make of numbers and identifiers, as far as it is looked at. */
class Decimal {
  constructor(private readonly text: string) {}
  toFixed() {
    return this.text;
  }
}
class ObjectId {
  readonly _bsontype = 'ObjectId';
  toHexString() {
    return '507f1f77bcf86cd799439011';
  }
}
class Long {
  readonly _bsontype = 'Long';
  constructor(private readonly value: bigint) {}
  toString() {
    return String(this.value);
  }
}

describe('rowBatches', () => {
  it('should find the types of the first rows, and keys in their order', async () => {
    const rows = [
      {
        flag: true,
        whole: 1,
        part: 2,
        big: 5n,
        text: 'a',
        at: new Date(0),
        bytes: Buffer.from('x'),
      },
      { part: 2.5, later: null, list: [1, 2.5, null], inner: { b: 'x', c: [{ d: false }] } },
      { cost: new Decimal('12.50'), id: new ObjectId(), long: new Long(2n ** 60n) },
      { cost: new Decimal('1.125'), url: new URL('https://example.org/') },
    ];

    expect(await columnsOf(rows)).toEqual([
      'flag: bool',
      'whole: int64',
      'part: float64',
      'big: int64',
      'text: utf8',
      'at: timestamp[ms, UTC]',
      'bytes: binary',
      'later: utf8',
      'list: list<item: float64>',
      'inner: struct<b: utf8, c: list<item: struct<d: bool>>>',
      'cost: decimal128(38, 3)',
      'id: utf8',
      'long: int64',
      'url: utf8',
    ]);
    expect((await back(rows))[2]).toMatchObject({
      flag: null,
      cost: '12.500',
      id: '507f1f77bcf86cd799439011',
      long: 2n ** 60n,
    });
  });

  it('should give the same table however the rows come', async () => {
    const odd = fc.constantFrom(null, undefined);
    const value = {
      whole: fc.oneof(fc.maxSafeInteger(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), odd),
      number: fc.oneof(fc.double(), fc.integer(), odd),
      text: fc.oneof(fc.string({ unit: 'grapheme' }), odd),
      flag: fc.oneof(fc.boolean(), odd),
      at: fc.oneof(fc.date({ noInvalidDate: true }), odd),
      list: fc.oneof(fc.array(fc.oneof(fc.string(), odd), { maxLength: 3 }), odd),
      'inner part': fc.oneof(
        fc.record({ x: fc.oneof(fc.double(), odd), y: fc.string() }, { requiredKeys: [] }),
        odd,
      ),
      ['__proto__']: fc.oneof(fc.string(), odd),
      constructor: fc.oneof(fc.boolean(), odd),
    };
    const rows = fc.array(fc.record(value, { requiredKeys: [] }), { maxLength: 40 });
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    const types = { whole: 'int64', number: 'float64', at: 'timestamptz' } as const;
    await fc.assert(
      fc.asyncProperty(rows, cuts, fc.integer({ min: 1, max: 50 }), async (each, sizes, batch) => {
        const options = { types, sample: 100 };
        const whole = await read(each, { ...options, batchRows: 1000 });

        const pieces = await read(inPieces(each, sizes), { ...options, batchRows: batch });
        const streamed = await read(Readable.from(each), { ...options, batchRows: batch });

        expect(exactRows(pieces)).toEqual(exactRows(whole));
        expect(exactRows(streamed)).toEqual(exactRows(whole));
        expect(pieces.map(({ schema }) => schema.fields.map(describeField))).toEqual(
          pieces.map(() => whole[0]?.schema.fields.map(describeField)),
        );
        expect(pieces.every(({ numRows }) => numRows <= batch)).toBe(true);
        expect(new Set(pieces.map(({ schema }) => schema)).size).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  it('should give back what it was given', async () => {
    const rows = fc.array(
      fc.record({
        whole: fc.maxSafeInteger(),
        number: fc.double({ noNaN: true }).map((x) => x + 0.5),
        text: fc.option(fc.string({ unit: 'grapheme' })),
        flag: fc.boolean(),
        at: fc.date({ noInvalidDate: true }),
        list: fc.array(fc.integer(), { minLength: 1 }),
        inner: fc.record({ x: fc.option(fc.string()), y: fc.boolean() }),
      }),
      { minLength: 1 },
    );
    const types = { whole: 'int64', number: 'float64' } as const;
    await fc.assert(
      fc.asyncProperty(rows, async (each) => {
        // Told, as -0 and whole floats are of one type here.
        const positive = each.map((row) => ({ ...row, list: row.list.map((x) => x || 0) }));

        expect(await back(positive, { types, sample: 1000 })).toEqual(
          positive.map((row) => ({ ...row, whole: row.whole || 0 })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('should convert what it is told to', async () => {
    const row = {
      whole: '-12',
      price: '12.5',
      number: '1e3',
      day: '2026-03-01',
      clock: '2026-03-01 12:30:00',
      zoned: '2026-03-01T12:30:00+01:00',
      code: 7,
      flag: 'true',
      never: undefined,
    };
    const types = {
      whole: 'int32',
      price: 'decimal(10, 2)',
      number: 'float64',
      day: 'date',
      clock: 'timestamp',
      zoned: 'timestamptz',
      code: 'utf8',
      flag: 'boolean',
      never: 'int64',
      unseen: 'float64',
    } as const;

    expect(await back([row], { types })).toEqual([
      {
        whole: -12,
        price: '12.50',
        number: 1000,
        day: new Date('2026-03-01'),
        clock: new Date('2026-03-01T12:30:00Z'),
        zoned: new Date('2026-03-01T11:30:00Z'),
        code: '7',
        flag: true,
        never: null,
        unseen: null,
      },
    ]);
  });

  it('should make columns of the members of objects, if told so', async () => {
    const rows = [{ a: { b: 1, c: { d: 'x' } } }, { a: null, e: 2 }, { a: { b: 3 } }];

    const batches = await read(rows, { nested: 'flatten', types: { a: 'utf8' } });

    expect(batches[0]?.schema.names).toEqual(['a.b', 'a.c.d', 'a', 'e']);
    expect((await collect(plainRows(asyncFrom(batches))))[2]).toEqual({
      'a.b': 3,
      'a.c.d': null,
      a: null,
      e: null,
    });
  });

  it('should follow a schema of Arrow', async () => {
    const schema = new Schema([
      new Field('kind', new Dictionary(new Utf8(), new Int8()), true),
      new Field('count', new Uint64(), false),
      new Field('pixels', new FixedSizeList(2, new Field('item', new Float32(), true)), true),
    ]);
    const rows = [
      { kind: 'a', count: 2n ** 64n - 1n, pixels: Float32Array.of(0.5, 1) },
      { kind: null, count: 3, pixels: null },
      { kind: 'a', count: '4', pixels: [1, 2] },
    ];

    const batches = await read(rows, { schema });

    expect(batches[0]?.schema).toBe(schema);
    expect(await collect(plainRows(asyncFrom(batches)))).toEqual([
      { kind: 'a', count: 2n ** 64n - 1n, pixels: [0.5, 1] },
      { kind: null, count: 3, pixels: null },
      { kind: 'a', count: 4, pixels: [1, 2] },
    ]);
    await expect(read([{ kind: 'a' }], { schema })).rejects.toThrow(
      "row 0 does not fit: nothing under key 'count' (the column is uint64 and allows no null)",
    );
  });

  it.each([Utf8, LargeUtf8, Utf8View])('should keep any text, as %o', async (Text) => {
    const schema = new Schema([new Field('t', new Text(), true)]);
    const texts = ['', '\ufeffmark', 'é', 'more than twelve bytes', null, 'x'];
    // Halves of a character by themselves have no bytes of their own, and make none together.
    const halves = ['\ud83d', '\ude00'];

    const found = await back(
      [...texts, ...halves].map((t) => ({ t })),
      { schema },
    );

    expect(found.map((row) => (row as { t: unknown }).t)).toEqual([...texts, '\ufffd', '\ufffd']);
  });

  it('should keep instants in every unit, or refuse what it would round', async () => {
    const dates = [new Date(-1), new Date(1500), new Date('2024-02-29T12:00:00.001Z'), null];
    const table = (unit: TimeUnit, given: readonly unknown[]) =>
      back(
        given.map((t) => ({ t })),
        { schema: new Schema([new Field('t', new Timestamp(unit, 'UTC'), true)]) },
      );

    for (const unit of [TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND]) {
      expect(await table(unit, dates)).toEqual(dates.map((t) => ({ t })));
    }
    expect(await table(TimeUnit.SECOND, [new Date(-2000)])).toEqual([{ t: new Date(-2000) }]);
    await expect(table(TimeUnit.SECOND, [new Date(-1)])).rejects.toThrow(/row 0 does not fit/);
    const last = new Date(8.64e15);
    expect(await table(TimeUnit.MICROSECOND, [last])).toEqual([{ t: last }]);
    await expect(table(TimeUnit.NANOSECOND, [last])).rejects.toThrow(/row 0 does not fit/);
  });

  it('should find members without a column behind rows in which these have no value', async () => {
    const rows = [{ o: { a: 1 } }, { o: { a: 1, b: undefined } }, { o: { a: 1, b: 2 } }];

    const reading = read(rows, { sample: 1, batchRows: 8 });

    await expect(reading).rejects.toThrow(/row 2 does not fit: 2 under key 'o\.b'/);
  });

  it('should name the row that an item within items is of', async () => {
    const rows = [{ l: [[1], []] }, { l: [] }, { l: [[], [2, 'x']] }];

    const reading = read(rows, { sample: 1, batchRows: 8 });

    await expect(reading).rejects.toThrow(/row 2 does not fit: 'x' under key 'l\[\]\[\]'/);
  });

  it.each<[string, object, RegExp]>([
    [
      'a value of another kind',
      { n: 'x' },
      /row 5 does not fit: 'x' under key 'n' \(the column is int64\)/,
    ],
    ['a part of a whole number', { n: 1.5 }, /row 5 does not fit: 1.5 under key 'n'/],
    ['a key without a column', { m: 1 }, /row 5 does not fit: key 'm' has no column/],
    ['a member of another kind', { o: { a: 1 } }, /row 5 does not fit: 1 under key 'o.a'/],
    ['a member without a column', { o: { b: 1 } }, /row 5 does not fit: 1 under key 'o.b'/],
    ['an item of another kind', { l: [1, 'x'] }, /row 5 does not fit: 'x' under key 'l\[\]'/],
    ['what shows no members', { o: /x/ }, /row 5 does not fit: \/x\/ under key 'o'/],
    ['no object', 'text' as never, /row 5 is no object: 'text'/],
    [
      'an invalid date',
      { d: new Date(Number.NaN) },
      /row 5 does not fit: Invalid Date under key 'd'/,
    ],
  ])('should name row and key of %s', async (_, row, message) => {
    const first = { n: 1, o: { a: 'x' }, l: [1], d: new Date(0) };
    const rows = [first, first, first, first, first, row];

    for (const batchRows of [2, 4, 100]) {
      const reading = read(rows, { sample: 3, batchRows });
      await expect(reading).rejects.toThrow(DataError);
      await expect(reading).rejects.toThrow(message);
    }
  });

  it('should say which rows do not agree, where the schema is found', async () => {
    const reading = read([{ a: null }, { a: 1 }, { a: 'x' }]);

    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow("key 'a' is integer in row 1 and text in row 2");
  });

  it.each<RowsOptions>([{}, { nested: 'flatten' }])(
    'should refuse rows that hold themselves, or have a key for each datum: %o',
    async (options) => {
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const keys = Array.from({ length: 20_000 }, (_, k) => [`k${k}`, k]);

      await expect(read([{ a: 1 }, circle], options)).rejects.toThrow(
        /row 1 is nested too deeply: key 'self\.self\..* has more than 64 levels/,
      );
      await expect(read([Object.fromEntries(keys)], options)).rejects.toThrow(
        /rows have too many different keys: over 16384 up to row 0/,
      );
    },
  );

  it('should keep batches of very many columns small', async () => {
    const wide = Object.fromEntries(Array.from({ length: 16_000 }, (_, k) => [`k${k}`, k]));

    const batches = await read([wide, ...Array.from({ length: 299 }, () => ({ k0: 1 }))]);

    expect(Math.max(...batches.map(({ numRows }) => numRows))).toBeLessThan(300);
    expect(batches.reduce((sum, { numRows }) => sum + numRows, 0)).toBe(300);
  });

  it.each<[unknown, string]>([
    [/x/, 'RegExp'],
    [Promise.resolve(1), 'Promise'],
    [new Map([['a', 1]]), 'Map'],
    [() => 1, 'function'],
  ])('should refuse %o, whose content would be lost', async (value, name) => {
    await expect(read([{ a: { b: value } }])).rejects.toThrow(
      `row 0 has a value that no column holds: ${name} under key 'a.b'`,
    );
  });

  it('should take of bytes of BSON those that were put in', async () => {
    const bytes = { _bsontype: 'Binary', buffer: Buffer.alloc(256, 'x'), position: 2 };
    const binary = Object.setPrototypeOf(bytes, { toString: () => 'xx' });

    expect(await back([{ b: binary }])).toEqual([{ b: new Uint8Array(Buffer.from('xx')) }]);
  });

  it('should leave out keys without a column, if told so', async () => {
    const rows = [{ a: 1 }, { a: 2, b: 3 }];

    expect(await back(rows, { sample: 1, extraKeys: 'ignore' })).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each<[RowsOptions, RegExp]>([
    [{ sample: 0 }, /sample must be a positive whole number: 0/],
    [{ types: { a: 'int65' as never } }, /types\["a"\] must be one of/],
    [{ smple: 3 } as never, /smple/],
  ])('should refuse options %j', async (options, message) => {
    await expect(read([], options)).rejects.toThrow(InvalidOptionError);
    await expect(read([], options)).rejects.toThrow(message);
  });

  it('should refuse types that no value stands for, and what is no source', async () => {
    const type: DataType = new Dictionary(
      new FixedSizeList(2, new Field('x', new Int8())),
      new Int8(),
    );

    await expect(read([], { schema: new Schema([new Field('a', type)]) })).rejects.toThrow(
      SchemaError,
    );
    await expect(read(5 as never)).rejects.toThrow(InvalidOptionError);
    expect(describeType(type)).toContain('dictionary');
  });

  it('should pull no more than a batch, close what it leaves, and stop when told to', async () => {
    const pulled = { rows: 0, closed: false };
    async function* source() {
      try {
        for (;;) yield { n: pulled.rows++ };
      } finally {
        pulled.closed = true;
      }
    }

    const batches = rowBatches(source(), { sample: 10, batchRows: 20 });
    await batches.next();

    expect(pulled).toEqual({ rows: 20, closed: false });
    await batches.return();
    expect(pulled.closed).toBe(true);
    const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
    const controller = new AbortController();
    const waiting = read(never, { signal: controller.signal });
    controller.abort(new Error('told to'));
    await expect(waiting).rejects.toThrow('told to');
  });

  it('should read a web stream of objects', async () => {
    const stream = new ReadableStream<object>({
      start(controller) {
        for (let n = 0; n < 3; n++) controller.enqueue({ n });
        controller.close();
      },
    });

    expect(await back(stream)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
  });
});

async function* inPieces(rows: readonly object[], sizes: readonly number[]) {
  for (let at = 0, k = 0; at < rows.length; k++) {
    const size = sizes[k % sizes.length] as number;
    await new Promise((resolve) => setImmediate(resolve));
    yield* rows.slice(at, at + size);
    at += size;
  }
}
