import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { caseCount } from '../../support/cases.js';
import { arbitraryBatches, asyncFrom, collect, commonTypes } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { exactRows } from '../support/exact.js';
import { expectSameBatches } from '../support/same-batches.js';
import { sameSchema } from '../support/same-schema.js';

const directory = useDirectory();

describe('writeParquetFile and readParquetBatches', () => {
  it('should keep every bit of any batches, in row groups of any length', async () => {
    // An engine of columns has no rows where there are no columns.
    const cases = fc.tuple(
      arbitraryBatches(commonTypes, { minColumns: 1, instants: 'parquet' }),
      fc.integer({ min: 1, max: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, rowGroupRows]) => {
        const path = directory.fresh('parquet');

        const summary = await writeParquetFile(path, asyncFrom(batches), { rowGroupRows });
        const read = await collect(readParquetBatches(path));

        expectSameBatches(read, batches);
        expect(summary.rows).toBe(exactRows(batches).length);
      }),
      { numRuns: caseCount(30, 120) },
    );
  });

  it('should read any choice of columns', async () => {
    const cases = arbitraryBatches(commonTypes, {
      minColumns: 1,
      minBatches: 2,
      instants: 'parquet',
    }).chain((batches) =>
      fc.tuple(
        fc.constant(batches),
        fc.subarray((batches[0] as RecordBatch).schema.names as string[]),
      ),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, columns]) => {
        const { schema } = batches[0] as RecordBatch;
        const path = directory.fresh('parquet');
        await writeParquetFile(path, asyncFrom(batches), { rowGroupRows: 7 });

        const read = await collect(readParquetBatches(path, { columns }));

        const kept = schema.names.map((name) => columns.includes(name as string));
        const expected = exactRows(batches).map((row) => row.filter((_, k) => kept[k]));
        expect(exactRows(read)).toEqual(expected);
        expect(sameSchema((read[0] as RecordBatch).schema, schema.select(columns))).toBe(true);
      }),
      { numRuns: caseCount(13, 50) },
    );
  });
});
