import { readFile, writeFile } from 'node:fs/promises';
import {
  Bool,
  type DataType,
  DateMillisecond,
  Decimal,
  Dictionary,
  Field,
  FixedSizeBinary,
  Float16,
  Int8,
  Int32,
  List,
  Schema,
  Struct,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { decodeFooter, encodeFooter } from '../../../../src/data/parquet/format/footer.js';
import { wire } from '../../../../src/data/parquet/format/thrift.js';
import { setStructs } from '../../../../src/data/parquet/format/thrift-fields.js';
import { readParquetBatches } from '../../../../src/data/parquet/read.js';
import { parquetSummary } from '../../../../src/data/parquet/summary.js';
import { encodeArrowSchema } from '../../../../src/data/parquet/types/arrow-schema.js';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { describeType } from '../../../../src/data/schema/describe.js';
import { arbitraryBatches, asyncFrom, collect } from '../../support/arbitrary-batches.js';
import { useDirectory } from '../../support/directory.js';
import { useDuckDb } from '../../support/duckdb.js';
import { exactRows } from '../../support/exact.js';
import { expectSameBatches } from '../../support/same-batches.js';

const directory = useDirectory();
const duckdb = useDuckDb();

const dates: (() => DataType)[] = [
  () => new DateMillisecond(),
  () => new Dictionary(new DateMillisecond(), new Int8()),
  () => new List(new Field('item', new DateMillisecond(), true)),
  () =>
    new Struct([
      new Field('a', new Int32(), true),
      new Field('b', new List(new Field('item', new DateMillisecond(), true)), true),
    ]),
];

describe('dates in milliseconds', () => {
  it('should be timestamps for other readers', async () => {
    const path = directory.fresh('parquet');
    const days = [new Date('1969-07-20T20:17:40.123Z'), null, new Date('2026-01-02')];
    const column = vectorFromArray(days, new DateMillisecond());
    const schema = new Schema([new Field('day', new DateMillisecond(), true)]);

    await writeParquetFile(
      path,
      asyncFrom([makeBatch(schema, [column.data[0] as never], days.length)]),
    );

    expect(await duckdb.rows(`select typeof(day), day::varchar from '${path}'`)).toEqual([
      ['TIMESTAMP', '1969-07-20 20:17:40.123'],
      ['TIMESTAMP', null],
      ['TIMESTAMP', '2026-01-02 00:00:00'],
    ]);
    expect((await parquetSummary(path)).columns[0]?.type).toBe('date64');
  });

  it.each(dates.map((make) => [describeType(make()), make] as const))(
    'should come back as they were: %s',
    async (_, make) => {
      const types = fc.constant(null).map(make);
      const cases = arbitraryBatches(types, { minColumns: 2, maxColumns: 2, instants: 'parquet' });
      await fc.assert(
        fc.asyncProperty(cases, async (batches) => {
          const path = directory.fresh('parquet');

          await writeParquetFile(path, asyncFrom(batches), { rowGroupRows: 7 });

          expectSameBatches(await collect(readParquetBatches(path)), batches);
          const second = await collect(readParquetBatches(path, { columns: ['c1'] }));
          expect(exactRows(second)).toEqual(exactRows(batches).map(([, value]) => [value]));
        }),
        { numRuns: 20 },
      );
    },
  );
});

describe('dictionaries that the decoder does not know', () => {
  it.each([new Bool(), new Float16(), new FixedSizeBinary(3), new Decimal(2, 20, 128)])(
    'should be read as plain values: %s',
    async (type) => {
      const [batches] = fc.sample(
        arbitraryBatches(fc.constant(type), { minColumns: 2, maxColumns: 2, instants: 'parquet' }),
        { numRuns: 1, seed: 4 },
      );
      const path = directory.fresh('parquet');
      await writeParquetFile(path, asyncFrom(batches ?? []));
      const metadata = new Map([['origin', 'another writer']]);
      const schema = new Schema(
        ['c0', 'c1'].map((name) => new Field(name, new Dictionary(type, new Int8()), true)),
        metadata,
      );
      await claimSchema(path, schema);

      const read = await collect(readParquetBatches(path));
      const second = await collect(readParquetBatches(path, { columns: ['c1'] }));

      expect(exactRows(read)).toEqual(exactRows(batches ?? []));
      expect(exactRows(second)).toEqual(exactRows(batches ?? []).map(([, value]) => [value]));
      expect(read[0]?.schema.fields.map((field) => describeType(field.type))).toEqual([
        describeType(type),
        describeType(type),
      ]);
    },
  );
});

/** Gives a file another Arrow schema. */
async function claimSchema(path: string, schema: Schema) {
  const bytes = await readFile(path);
  const start = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
  const { tree } = decodeFooter(path, bytes.subarray(start));
  const entry = [
    { id: 1, type: wire.binary, value: Buffer.from('ARROW:schema') },
    { id: 2, type: wire.binary, value: Buffer.from(encodeArrowSchema(schema)) },
  ];
  await writeFile(
    path,
    Buffer.concat([bytes.subarray(0, start), encodeFooter(setStructs(tree, 5, [entry]))]),
  );
}
