import {
  type DataType,
  Dictionary,
  Field,
  Int8,
  List,
  makeData,
  type RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  TimeSecond,
  TimestampMillisecond,
  TimestampSecond,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { callEngine } from '../../../../src/data/parquet/engine/wasm.js';
import { readParquetBatches, readParquetSchema } from '../../../../src/data/parquet/read.js';
import { parquetSummary } from '../../../../src/data/parquet/summary.js';
import { restore, restoredSchema } from '../../../../src/data/parquet/types/restored.js';
import { storedSchema } from '../../../../src/data/parquet/types/stored.js';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { describeType } from '../../../../src/data/schema/describe.js';
import { DataError, FormatError } from '../../../../src/errors.js';
import { caseCount } from '../../../support/cases.js';
import { arbitraryBatches, asyncFrom, collect } from '../../support/arbitrary-batches.js';
import { useDirectory } from '../../support/directory.js';
import { useDuckDb } from '../../support/duckdb.js';
import { exactRows } from '../../support/exact.js';
import { expectSameBatches } from '../../support/same-batches.js';

const directory = useDirectory();
const duckdb = useDuckDb();

const second = () => new TimestampSecond('UTC');
const types: (() => DataType)[] = [
  () => new TimestampSecond(),
  second,
  () => new TimeSecond(),
  () => new List(new Field('item', new TimestampSecond(), true)),
  () => new Dictionary(new TimestampSecond(), new Int8()),
];

/** One column of timestamps, the second of two values null if `valid` says so. */
function batchOf(values: bigint[], valid = 0b11): RecordBatch {
  const data = makeData({
    type: second(),
    length: 2,
    data: BigInt64Array.from(values),
    nullBitmap: Uint8Array.of(valid),
    nullCount: valid === 0b11 ? 0 : 1,
  });
  return makeBatch(new Schema([new Field('moment', data.type, true)]), [data], 2);
}

describe('seconds in Parquet', () => {
  it('should come back as they were, in any nesting', async () => {
    const cases = arbitraryBatches(
      fc.constantFrom(...types).map((make) => make()),
      {
        minColumns: 1,
        instants: 'parquet',
      },
    );
    await fc.assert(
      fc.asyncProperty(cases, async (batches) => {
        const path = directory.fresh('parquet');

        await writeParquetFile(path, asyncFrom(batches), { rowGroupRows: 7 });

        const { schema } = batches[0] as RecordBatch;
        const names = schema.fields.map(({ type }) => describeType(type));
        expectSameBatches(await collect(readParquetBatches(path)), batches);
        expect(
          (await readParquetSchema(path)).fields.map(({ type }) => describeType(type)),
        ).toEqual(names);
        expect((await parquetSummary(path)).columns.map(({ type }) => type)).toEqual(names);
      }),
      { numRuns: caseCount(15, 60) },
    );
  });

  it('should be times for others, and lead them by their statistics', async () => {
    const path = directory.fresh('parquet');

    await writeParquetFile(path, asyncFrom([batchOf([0n, 1_700_000_000n])]));

    expect(
      await duckdb.rows(
        `select typeof(moment), moment::varchar from '${path}' where moment > '2020-01-01'`,
      ),
    ).toEqual([['TIMESTAMP WITH TIME ZONE', '2023-11-14 22:13:20+00']]);
  });

  it('should be refused where there are no milliseconds for them, but not below a null', async () => {
    const path = directory.fresh('parquet');
    const write = (batch: RecordBatch) => writeParquetFile(path, asyncFrom([batch]));

    const refused = write(batchOf([0n, 2n ** 60n]));

    await expect(refused).rejects.toThrow(DataError);
    await expect(refused).rejects.toThrow(/1152921504606846976 as timestamp\[s, UTC\]/);
    await write(batchOf([5n, 2n ** 60n], 0b01));
    expect(exactRows(await collect(readParquetBatches(path)))).toEqual([
      ['0500000000000000'],
      [null],
    ]);
  });

  it('should be read where a writer stored them as plain integers, as parquet-rs does', async () => {
    const batch = batchOf([-1n, 2n ** 62n]);
    const stream = RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);

    const bytes = callEngine(({ Table, writeParquet }) =>
      writeParquet(Table.fromIPCStream(stream)),
    );

    const read = await collect(readParquetBatches(bytes));
    expect(describeType(read[0]?.schema.fields[0]?.type as DataType)).toBe('timestamp[s, UTC]');
    expect(exactRows(read)).toEqual(exactRows([batch]));
  });
});

describe('restoredSchema', () => {
  it('should refuse parts of a second, but not below a null', () => {
    const hint = new Schema([new Field('moment', second(), true)]);
    const decoded = storedSchema(hint);
    const dataOf = (...values: bigint[]) => {
      const type = new TimestampMillisecond('UTC');
      const data = BigInt64Array.from(values);
      const nullBitmap = Uint8Array.of(0b01);
      return makeData({ type, length: 2, data, nullBitmap, nullCount: 1 });
    };

    const schema = restoredSchema(decoded, { elements: [], hint });

    const type = schema.fields[0]?.type as DataType;
    const sound = restore(type, dataOf(2000n, 1n));
    expect(exactRows([makeBatch(schema, [sound], 2)])).toEqual([['0200000000000000'], [null]]);
    expect(() => restore(type, dataOf(2001n, 0n))).toThrow(FormatError);
    expect(restoredSchema(decoded, { elements: [], hint: decoded })).toBe(decoded);
    expect(restoredSchema(decoded, { elements: [], hint: undefined })).toBe(decoded);
  });
});
