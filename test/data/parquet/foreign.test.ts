import { readFile } from 'node:fs/promises';
import {
  type DataType,
  Field,
  IntervalMonthDayNano,
  makeData,
  type RecordBatch,
  Schema,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { decodeFooter, encodeFooter } from '../../../src/data/parquet/format/footer.js';
import { type ThriftStruct, wire } from '../../../src/data/parquet/format/thrift.js';
import {
  getStructs,
  setField,
  setStructs,
} from '../../../src/data/parquet/format/thrift-fields.js';
import { type ReadParquetOptions, readParquetBatches } from '../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { describeType } from '../../../src/data/schema/describe.js';
import { DataError, FormatError, InvalidOptionError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';
import { expectSameBatches } from '../support/same-batches.js';

const directory = useDirectory();
const duckdb = useDuckDb();

const foreign = (name: string) => new URL(`./foreign/${name}.parquet`, import.meta.url);
const read = (name: string, options?: ReadParquetOptions) =>
  collect(readParquetBatches(foreign(name), options));
const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error as Error);
const typeOf = (batches: readonly RecordBatch[], column: number) =>
  describeType(batches[0]?.schema.fields[column]?.type as DataType);
const wordsOf = (batches: readonly RecordBatch[], column: number) =>
  batches.flatMap((batch) => {
    const data = batch.data.children[column] as RecordBatch['data'];
    return Array.from({ length: batch.numRows }, (_, row) =>
      data.getValid(row)
        ? [...data.values.slice(row * data.stride, (row + 1) * data.stride)]
        : null,
    );
  });

describe('intervals that another writer made', () => {
  it('should keep months, days and milliseconds', async () => {
    const batches = await read('duckdb-interval-months');

    expect(typeOf(batches, 1)).toBe('interval[month_day_nano]');
    const nanoseconds = 3n * 3_600_000_000_000n;
    const low = Number(BigInt.asIntN(32, nanoseconds));
    expect(wordsOf(batches, 1)).toEqual([
      [1, 2, low, Number(nanoseconds >> 32n)],
      [14, 0, 0, 0],
      [0, 5, 0, 0],
      null,
    ]);
  });

  it('should be written as they were', async () => {
    const path = directory.fresh('parquet');
    const batches = await read('duckdb-interval-months');

    await writeParquetFile(path, asyncFrom(batches));

    expectSameBatches(await collect(readParquetBatches(path)), batches);
    expect(await duckdb.rows(`select i::varchar from '${path}'`)).toEqual([
      ['1 month 2 days 03:00:00'],
      ['1 year 2 months'],
      ['5 days'],
      [null],
    ]);
  });

  it.each([
    [-1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ])('should be refused where Parquet has none: %i months, %i days, %i ns', async (...parts) => {
    const type = new IntervalMonthDayNano();
    const data = makeData({ type, length: 1, data: Int32Array.of(...parts, 0) });
    const batch = makeBatch(new Schema([new Field('span', type)]), [data], 1);

    const error = await failure(writeParquetFile(directory.fresh('parquet'), asyncFrom([batch])));

    expect(error).toBeInstanceOf(DataError);
    expect((error as Error).message).toContain("column 'span' cannot be written: interval");
  });
});

describe('instants of 96 bits', () => {
  it('should be microseconds, far beyond what nanoseconds reach', async () => {
    const batches = await read('int96-out-of-ns-range');

    expect(typeOf(batches, 0)).toBe('timestamp[us]');
    expect(wordsOf(batches, 0)).toEqual([
      [1_577_836_800_000_000n],
      [253_402_300_799_999_999n],
      [-62_135_596_800_000_000n],
      null,
    ]);
  });

  it('should be nanoseconds if told so, and refused where they do not fit', async () => {
    const exact = await read('int96-nanoseconds', { int96: 'ns' });
    const [parts, range] = [
      await failure(read('int96-nanoseconds')),
      await failure(read('int96-out-of-ns-range', { int96: 'ns' })),
    ];

    expect(wordsOf(exact, 0)).toEqual([[1_577_836_800_123_456_789n], [-1n]]);
    for (const [error, unit] of [
      [parts, 'ns'],
      [range, 'us'],
    ] as const) {
      expect(error).toBeInstanceOf(FormatError);
      expect((error as Error).message).toMatch(
        new RegExp(`column 't' cannot be read: instant of 96 bits .* int96: '${unit}'`),
      );
    }
  });

  it('should be found within structs and lists, beside other columns', async () => {
    const batches = await read('int96-nested');
    const one = await read('int96-nested', { columns: ['l'] });

    expect(typeOf(batches, 0)).toBe('struct<t: timestamp[us]>');
    expect(typeOf(batches, 1)).toBe('list<element: timestamp[us]>');
    const items = (batch?: RecordBatch, column = 0) =>
      batch?.data.children[column]?.children[0]?.values;
    expect(items(batches[0], 1)).toEqual(BigInt64Array.of(253_402_214_400_000_000n));
    expect(items(one[0])).toEqual(items(batches[0], 1));
    expect(items(batches[0])?.[0]).toBe(1_577_836_800_000_000n);
  });

  it('should have no other units', async () => {
    const error = await failure(read('int96-nested', { int96: 's' as never }));

    expect(error).toBeInstanceOf(InvalidOptionError);
  });
});

describe('logical types that Arrow has not', () => {
  it('should come through a copy', async () => {
    const path = directory.fresh('parquet');
    const batches = await read('logical-uuid-json');

    await writeParquetFile(path, asyncFrom(batches));

    expect(
      await duckdb.rows(`select typeof(u), typeof(j), u::varchar, j::varchar from '${path}'`),
    ).toEqual([
      ['UUID', 'JSON', '00000000-0000-0000-0000-000000000005', '{"a":1}'],
      ['UUID', 'JSON', null, null],
    ]);
    expectSameBatches(await collect(readParquetBatches(path)), batches);
  });

  it('should keep what names a variant', async () => {
    const name = 'variant';
    const path = directory.fresh('parquet');

    await writeParquetFile(path, asyncFrom(await read(name)));

    const [before, after] = [await elementsOf(foreign(name)), await elementsOf(path)];
    expect(after.map(logicalType)).toEqual(before.map(logicalType));
    expect(before.map(logicalType).filter(Boolean).length).toBeGreaterThan(0);
  });

  it('should keep coordinates, edges, BSON and enumerations', async () => {
    const kinds = new Map<string, ThriftStruct>([
      ['crs', [logical(17, [text(1, 'EPSG:2056')])]],
      ['described', [logical(17, [text(1, '{"type":"GeographicCRS"}')])]],
      ['unknown', [logical(17, [text(1, 'srid:0')])]],
      ['plain', [logical(17, [])]],
      ['globe', [logical(18, [{ id: 2, type: wire.int32, value: 4 }])]],
      ['bson', [logical(13, [])]],
      ['enumeration', [logical(4, [])]],
      ['old json', [{ id: 6, type: wire.int32, value: 19 }]],
    ]);
    const path = directory.fresh('parquet');
    const columns = [...kinds.keys()];
    const fields = columns.map((name) => new Field(name, vectorFromArray(['a']).type, true));
    const data = columns.map(() => vectorFromArray(['a', null]).data[0] as never);
    await writeParquetFile(path, asyncFrom([makeBatch(new Schema(fields), data, 2)]));
    const bytes = await edited(path, (elements) =>
      elements.map((struct) => {
        const name = nameOf(struct);
        const kind = kinds.get(name);
        const bare = struct.filter(({ id }) => id !== 6 && id !== 10);
        return kind ? [...bare, ...kind] : struct;
      }),
    );
    const copy = directory.fresh('parquet');

    await writeParquetFile(copy, readParquetBatches(bytes));

    const written = new Map(
      (await elementsOf(copy)).map((each) => [nameOf(each), logicalType(each)]),
    );
    for (const [name, [kind]] of kinds) {
      const expected = name === 'old json' ? logical(12, []) : kind;
      expect(written.get(name), name).toEqual(expected);
    }
  });
});

describe('footers that others read', () => {
  it('should give rows where a dictionary is said to be at 0', async () => {
    const batches = await read('parquet-dictionary-page-offset-0');

    expect(wordsOf(batches, 0)).toEqual([[1n], [2n], [3n]]);
    expect(wordsOf(batches, 1)).toEqual([[1.5], [2.5], [3.5]]);
  });

  it.each<[string, (elements: readonly ThriftStruct[]) => ThriftStruct[]]>([
    ['a root with a type', ([root, ...rest]) => [setField(root ?? [], 1, wire.int32, 0), ...rest]],
    [
      'leaves without a repetition',
      ([root, ...rest]) => [
        root ?? [],
        ...rest.map((each) => setField(each, 3, wire.int32, undefined)),
      ],
    ],
    [
      'a converted type that nobody knows',
      ([root, ...rest]) => [root ?? [], ...rest.map((each) => setField(each, 6, wire.int32, 99))],
    ],
    [
      'a logical type that nobody knows',
      ([root, ...rest]) => [
        root ?? [],
        ...rest.map((each) =>
          setField(each, 10, wire.struct, [{ id: 99, type: wire.struct, value: [] }]),
        ),
      ],
    ],
  ])('should give rows where there is %s', async (_, change) => {
    const path = foreign('parquet-dictionary-page-offset-0');

    const batches = await collect(readParquetBatches(await edited(path, change)));

    expect(wordsOf(batches, 0)).toEqual([[1n], [2n], [3n]]);
    expect(wordsOf(batches, 1)).toEqual([[1.5], [2.5], [3.5]]);
  });

  it.each([-1n, 2n ** 62n])('should give rows where a row group has a size of %s', async (size) => {
    const changed = await withSize(size);

    const batches = await Promise.all(
      [undefined, 2].map((threads) => collect(readParquetBatches(changed, { threads }))),
    );

    for (const read of batches) expect(wordsOf(read, 0)).toEqual([[1n], [2n], [3n]]);
  });

  it.each([
    [undefined, undefined],
    [undefined, 0],
    [undefined, 2],
    ['a list', undefined],
    ['a list', 2],
  ] as const)('should lose no row where its size is %s (threads: %s)', async (size, threads) => {
    const reading = collect(readParquetBatches(await withSize(size), { threads }));

    await expect(reading).rejects.toThrow(FormatError);
  });

  it('should give rows where metadata is no UTF-8, with a mark for what is none', async () => {
    const bytes = await readFile(foreign('parquet-dictionary-page-offset-0'));
    const entry: ThriftStruct = [
      text(1, 'note'),
      { id: 2, type: wire.binary, value: Buffer.from('caf\xe9', 'latin1') },
    ];
    const changed = rewritten(bytes, (tree) => setStructs(tree, 5, [entry]));

    const batches = await collect(readParquetBatches(changed));

    expect(batches[0]?.numRows).toBe(3);
    expect(batches[0]?.schema.metadata.get('note')).toBe('caf\ufffd');
  });
});

const logical = (kind: number, value: ThriftStruct) => ({
  id: 10,
  type: wire.struct,
  value: [{ id: kind, type: wire.struct, value }],
});

const text = (id: number, value: string) => ({ id, type: wire.binary, value: Buffer.from(value) });

function logicalType(struct: ThriftStruct) {
  return struct.find(({ id }) => id === 10);
}

function nameOf(struct: ThriftStruct): string {
  return String(struct.find(({ id }) => id === 4)?.value);
}

async function elementsOf(path: string | URL): Promise<readonly ThriftStruct[]> {
  const bytes = await readFile(path);
  return getStructs(treeOf(bytes), 2);
}

/** A file whose row groups say another size of themselves, none, or what is no size. */
async function withSize(size: bigint | 'a list' | undefined): Promise<Uint8Array> {
  const bytes = await readFile(foreign('parquet-dictionary-page-offset-0'));
  const resized = (group: ThriftStruct) =>
    size === 'a list' ? setStructs(group, 2, [[], []]) : setField(group, 2, wire.int64, size);
  return rewritten(bytes, (tree) => setStructs(tree, 4, getStructs(tree, 4).map(resized)));
}

async function edited(
  path: string | URL,
  change: (elements: readonly ThriftStruct[]) => readonly ThriftStruct[],
): Promise<Uint8Array> {
  return rewritten(await readFile(path), (tree) =>
    setStructs(
      // Without the Arrow schema, which says other things.
      setStructs(tree, 5, []),
      2,
      change(getStructs(tree, 2)),
    ),
  );
}

function rewritten(bytes: Buffer, change: (tree: ThriftStruct) => ThriftStruct): Uint8Array {
  const start = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  return Buffer.concat([bytes.subarray(0, start), encodeFooter(change(treeOf(bytes)))]);
}

function treeOf(bytes: Buffer): ThriftStruct {
  const start = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  return decodeFooter('a file', bytes.subarray(start)).tree;
}
