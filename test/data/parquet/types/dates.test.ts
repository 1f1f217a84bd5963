import {
  type DataType,
  DateMillisecond,
  Dictionary,
  Field,
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
import { readParquetBatches } from '../../../../src/data/parquet/read.js';
import { parquetSummary } from '../../../../src/data/parquet/summary.js';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { describeType } from '../../../../src/data/schema/describe.js';
import { DataError } from '../../../../src/errors.js';
import { arbitraryBatches, asyncFrom, collect } from '../../support/arbitrary-batches.js';
import { useDirectory } from '../../support/directory.js';
import { useDuckDb } from '../../support/duckdb.js';
import { exactRows } from '../../support/exact.js';
import { expectSameBatches } from '../../support/same-batches.js';

const directory = useDirectory();
const duckdb = useDuckDb();

const types: (() => DataType)[] = [
  () => new DateMillisecond(),
  () => new Dictionary(new DateMillisecond(), new Int8()),
  () => new List(new Field('item', new DateMillisecond(), true)),
  () =>
    new Struct([
      new Field('a', new Int32(), true),
      new Field('b', new List(new Field('item', new DateMillisecond(), true)), true),
    ]),
];

function daysBatch(days: readonly (Date | null)[]) {
  const column = vectorFromArray(days, new DateMillisecond());
  const schema = new Schema([new Field('day', new DateMillisecond(), true)]);
  return makeBatch(schema, [column.data[0] as never], days.length);
}

describe('dates in milliseconds', () => {
  it('should be dates for other readers', async () => {
    const path = directory.fresh('parquet');
    const batch = daysBatch([new Date('1969-07-20'), null, new Date('2026-01-02')]);

    await writeParquetFile(path, asyncFrom([batch]));

    expect(await duckdb.rows(`select typeof(day), day::varchar from '${path}'`)).toEqual([
      ['DATE', '1969-07-20'],
      ['DATE', null],
      ['DATE', '2026-01-02'],
    ]);
    expect((await parquetSummary(path)).columns[0]?.type).toBe('date64');
  });

  it('should be refused where they hold parts of a day', async () => {
    const path = directory.fresh('parquet');
    const batch = daysBatch([null, new Date('1969-07-20T20:17:40.123Z')]);

    const error = await writeParquetFile(path, asyncFrom([batch])).catch((each) => each);

    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain("column 'day' cannot be written: value is no date");
  });

  it.each(types.map((make) => [describeType(make()), make] as const))(
    'should come back as they were: %s',
    async (_, make) => {
      const cases = arbitraryBatches(fc.constant(null).map(make), {
        minColumns: 2,
        maxColumns: 2,
        instants: 'parquet',
      });
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
