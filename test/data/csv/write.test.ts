import { readFile } from 'node:fs/promises';
import { PassThrough, Writable } from 'node:stream';
import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float16,
  Float32,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  type RecordBatch,
  Schema,
  TimeMillisecond,
  TimestampMicrosecond,
  TimestampNanosecond,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { readCsvBatches } from '../../../src/data/csv/read.js';
import { writeCsvBatches } from '../../../src/data/csv/write.js';
import { rowsOf } from '../../../src/data/rows/to-rows.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

/** A batch of columns by name. */
function batchOf(columns: Readonly<Record<string, Vector>>): RecordBatch {
  const entries = Object.entries(columns);
  const fields = entries.map(([name, { type }]) => new Field(name, type, true));
  const rows = entries[0]?.[1].length ?? 0;
  return makeBatch(
    new Schema(fields),
    entries.map(([, vector]) => vector.data[0] as never),
    rows,
  );
}

async function written(batches: RecordBatch[], options: object = {}): Promise<string> {
  const path = directory.fresh('csv');
  await writeCsvBatches(path, batches, options);
  return readFile(path, 'utf8');
}

const texts = fc
  .string({
    unit: fc.constantFrom(
      'a',
      '=',
      '"',
      ',',
      ';',
      '\n',
      '\r',
      ' ',
      '\t',
      "'",
      'é',
      '\ufeff',
      '7',
      '\\',
    ),
  })
  .filter((text) => text !== '\\N');
const day = 86_400_000;
const microseconds = fc.bigInt({ min: -62_167_219_200_000_000n, max: 253_402_300_799_999_999n });

/** Types that our reader has, and their values. */
const kinds = {
  boolean: { type: new Bool(), value: fc.boolean() },
  int64: { type: new Int64(), value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  float64: { type: new Float64(), value: fc.double() },
  date: {
    type: new DateDay(),
    value: fc.integer({ min: -719_528, max: 2_932_896 }).map((days) => new Date(days * day)),
  },
  timestamp: { type: new TimestampMicrosecond(), value: microseconds },
  timestamptz: { type: new TimestampMicrosecond('UTC'), value: microseconds },
  utf8: { type: new Utf8(), value: texts },
} as const;

type Kind = keyof typeof kinds;

const tables = fc
  .tuple(
    fc.array(fc.constantFrom(...(Object.keys(kinds) as Kind[])), { minLength: 1, maxLength: 5 }),
    fc.nat(6),
  )
  .chain(([names, rows]) =>
    fc.tuple(
      ...names.map((kind, k) =>
        fc
          .array(fc.option<unknown>(kinds[kind].value), { minLength: rows, maxLength: rows })
          .map((values) => ({ kind, name: `${kind},"${k}`, values })),
      ),
    ),
  );

describe('writeCsvBatches', () => {
  it('should write what our reader reads as the same table, and writes as the same text', async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(',', ';', '\t', '|'), async (columns, delimiter) => {
        const batch = batchOf(
          Object.fromEntries(
            columns.map(({ kind, name, values }) => [name, columnOf(kind, values)]),
          ),
        );
        const types = Object.fromEntries(columns.map(({ kind, name }) => [name, kind]));
        const path = directory.fresh('csv');
        await writeCsvBatches(path, [batch], { delimiter, nullText: '\\N' });

        const back: RecordBatch[] = [];
        for await (const each of readCsvBatches(path, { types, delimiter, nulls: ['\\N'] }))
          back.push(each);

        expect(back.flatMap((each) => [...rowsOf(each)])).toEqual([...rowsOf(batch)]);
        expect(back[0]?.schema.fields.map(({ type }) => String(type))).toEqual(
          batch.schema.fields.map(({ type }) => String(type)),
        );
        const text = await readFile(path, 'utf8');
        expect(await written(back, { delimiter, nullText: '\\N' })).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('should write one text, however the rows are cut into batches', async () => {
    const cut = (rows: number[]) => batchOf({ a: vectorFromArray(rows, new Int32()) });

    expect(await written([cut([1, 2]), cut([]), cut([3])])).toBe(await written([cut([1, 2, 3])]));
  });

  it('should write every type that has a text', async () => {
    const half = makeData({ type: new Float16(), length: 1, data: new Uint16Array([0x2e66]) });
    const columns = {
      float16: vectorFromArray([0], new Float16()),
      float32: vectorFromArray([0.1], new Float32()),
      decimal: vectorFromArray([new Uint32Array([12345, 0, 0, 0])], new Decimal(2, 10)),
      time: vectorFromArray([45_000_250], new TimeMillisecond()),
      nanoseconds: instants([1n], new TimestampNanosecond('UTC')),
      level: vectorFromArray(['x,y'], new Dictionary(new Utf8(), new Int32())),
      list: vectorFromArray([['a', null]], new List(new Field('item', new Utf8(), true))),
    };
    const batch = batchOf(columns);
    batch.data.children[0] = half;

    const text = await written([batch]);

    expect(text.split('\n')[1]).toBe(
      '0.1,0.1,123.45,12:30:00.25,1970-01-01T00:00:00.000000001Z,"x,y","[""a"",null]"',
    );
  });

  it('should tell an empty text from null by its quotes', async () => {
    const batch = batchOf({ a: vectorFromArray(['', null], new Utf8()) });

    expect(await written([batch])).toBe('a\n""\n\n');
  });

  it('should put a quote before what spreadsheets would run, on request and in texts alone', async () => {
    const runs = ['=1+1', '+1', '-1', '@a', '\t=1', ' =1', '＝1', 'a=1'];
    const batch = batchOf({
      '=b': vectorFromArray(runs, new Utf8()),
      n: vectorFromArray(
        runs.map(() => -1),
        new Int32(),
      ),
    });

    const guarded = await written([batch], { guard: true });

    expect(guarded.split('\n')).toEqual([
      ...["'=b,n", "'=1+1,-1", "'+1,-1", "'-1,-1", "'@a,-1", '"\'\t=1",-1', "' =1,-1", "'＝1,-1"],
      ...['a=1,-1', ''],
    ]);
    expect(await written([batch])).toContain('\n=1+1,-1\n');
  });

  it.each([
    [
      'bytes',
      vectorFromArray([new Uint8Array(1)], new Binary()),
      /column has no text in CSV: 'a' \(Binary\)/,
    ],
    [
      'a year of five digits',
      vectorFromArray([new Date(day * 3_000_000)], new DateDay()),
      /cell has no text in CSV: 3000000 in column 'a', row 1/,
    ],
    [
      'the text of null',
      vectorFromArray(['x', 'NA'], new Utf8()),
      /cell would be read as null: 'NA' in column 'a', row 2/,
    ],
  ])('should refuse %s, name the column, and leave no file', async (_, vector, message) => {
    const path = directory.fresh('csv');
    const before = await directory.list();

    const writing = writeCsvBatches(path, [batchOf({ a: vector })], { nullText: 'NA' });

    await expect(writing).rejects.toThrow(message);
    expect(await directory.list()).toEqual(before);
  });

  it.each([
    [{ nullText: 'a,b' }, /'nullText' holds the delimiter/],
    [{ delimiter: '"' }, /delimiter must be a character other than a quote/],
  ])('should refuse %o', async (options, message) => {
    await expect(writeCsvBatches('x.csv', [], options)).rejects.toThrow(message);
  });

  it('should refuse a name of gzip', async () => {
    await expect(writeCsvBatches('x.csv.gz', [])).rejects.toThrow(/its name says gzip/);
  });

  it('should end a stream, and destroy it where a cell fails', async () => {
    const good = new PassThrough();
    const bad = new PassThrough().on('error', () => {});
    const batch = batchOf({ a: vectorFromArray(['NA'], new Utf8()) });

    const summary = await writeCsvBatches(good, [batch]);

    expect(summary).toEqual({ path: '-', format: 'csv', rows: 1, bytes: 5 });
    expect(String(good.read())).toBe('a\nNA\n');
    await expect(writeCsvBatches(bad, [batch], { nullText: 'NA' })).rejects.toThrow('null');
    expect(bad.destroyed).toBe(true);
  });

  it('should ask for no more batches than the stream takes', async () => {
    let asked = 0;
    const batch = batchOf({ a: vectorFromArray(['x'], new Utf8()) });
    async function* endless() {
      for (;;) {
        asked++;
        yield batch;
      }
    }
    const controller = new AbortController();
    const stuck = new Writable({ write: () => controller.abort(), highWaterMark: 1 });
    stuck.on('error', () => {});

    const writing = writeCsvBatches(stuck, endless(), { signal: controller.signal });

    await expect(writing).rejects.toThrow('aborted');
    expect(asked).toBeLessThan(4);
  });
});

function columnOf(kind: Kind, values: readonly unknown[]): Vector {
  const { type } = kinds[kind];
  if (kind.startsWith('timestamp')) return instants(values as bigint[], type);
  return vectorFromArray(values as never, type as never);
}

/** Instants as they are: arrow-js takes them as milliseconds, and rounds. */
function instants(values: readonly (bigint | null)[], type: DataType): Vector {
  const whole = vectorFromArray(values as bigint[], new Int64());
  return new Vector(whole.data.map((each) => each.clone(type as never)));
}
