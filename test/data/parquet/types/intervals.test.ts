import { stat } from 'node:fs/promises';
import {
  type DataType,
  Field,
  FixedSizeList,
  IntervalDayTime,
  IntervalYearMonth,
  List,
  makeData,
  Schema,
  Struct,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { readParquetBatches } from '../../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../../src/data/parquet/write.js';
import { DataError } from '../../../../src/errors.js';
import { caseCount } from '../../../support/cases.js';
import { arbitraryBatches, asyncFrom, collect } from '../../support/arbitrary-batches.js';
import { canonicalRows } from '../../support/canonical.js';
import { useDirectory } from '../../support/directory.js';
import { expectSameBatches } from '../../support/same-batches.js';

const directory = useDirectory();
const item = (type: DataType) => new Field('item', type, true);
const nested = (type: DataType) => [
  type,
  new List(item(type)),
  new FixedSizeList(2, item(type)),
  new Struct([item(new List(item(type)))]),
];
const types = [...nested(new IntervalDayTime()), ...nested(new IntervalYearMonth())];

describe('writeParquetFile', () => {
  it('should write intervals bit for bit, or refuse those that are negative and leave no file', async () => {
    const numbers = fc.constantFrom('any' as const, 'parquet' as const);
    const cases = numbers.chain((numbers) =>
      arbitraryBatches(fc.constantFrom(...types), { minColumns: 1, maxRows: 4, instants: numbers }),
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(cases, async (batches) => {
        const path = directory.fresh('parquet');
        const isNegative = /"-/.test(JSON.stringify(canonicalRows(batches)));
        if (isNegative) refused++;

        const writing = writeParquetFile(path, asyncFrom(batches), { rowGroupRows: 5 });

        if (isNegative) {
          await expect(writing).rejects.toThrow(DataError);
          await expect(stat(path)).rejects.toThrow(/ENOENT/);
        } else {
          await writing;
          expectSameBatches(await collect(readParquetBatches(path)), batches);
        }
      }),
      { numRuns: caseCount(38, 150) },
    );
    expect(refused).toBeGreaterThan(caseCount(7, 30));
  });

  it('should name the column, the row and the value of a negative interval', async () => {
    const type = new IntervalDayTime();
    const schema = new Schema([new Field('gap', type, true)]);
    const batch = (...data: number[]) =>
      makeBatch(schema, [makeData({ type, data: Int32Array.from(data) })], data.length / 2);
    const batches = [batch(1, 2, 3, 4), batch(5, 6, 0, -7)];

    const writing = writeParquetFile(directory.fresh('parquet'), asyncFrom(batches));

    await expect(writing).rejects.toThrow(/\[0, -7\] in column 'gap', row 3 .*write Arrow IPC/);
  });
});
