import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatenateBatches } from '../../../src/data/batches/interleave.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { collect } from '../support/arbitrary-batches.js';

const path = 'fixtures/penguins.parquet';
let whole: unknown[];

const rowsOf = (batches: readonly RecordBatch[]) => {
  const { schema } = batches[0] as RecordBatch;
  return concatenateBatches(schema, batches)
    .toArray()
    .map((row) => row.toJSON());
};

beforeAll(async () => {
  whole = rowsOf(await collect(readParquetBatches(path)));
});

describe('readParquetBatches with batchRows', () => {
  it('should give the same rows, in batches of so many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (batchRows) => {
        const batches = await collect(readParquetBatches(path, { batchRows }));

        expect(Math.max(...batches.map(({ numRows }) => numRows))).toBe(Math.min(batchRows, 344));
        expect(new Set(batches.map(({ schema }) => schema)).size).toBe(1);
        expect(rowsOf(batches)).toEqual(whole);
      }),
      { numRuns: 15, examples: [[344], [172], [343], [1]] },
    );
  });

  it('should give the columns that are asked for', async () => {
    const options = { batchRows: 100, columns: ['sex', 'island'] };

    const batches = await collect(readParquetBatches(path, options));

    expect(batches.map(({ numRows }) => numRows)).toEqual([100, 100, 100, 44]);
    expect(batches[0]?.schema.names.toSorted()).toEqual(['island', 'sex']);
  });

  it.each([0, -1, 1.5, '10'])('should refuse %j', async (batchRows) => {
    const reading = collect(readParquetBatches(path, { batchRows: batchRows as number }));

    await expect(reading).rejects.toThrow(InvalidOptionError);
    await expect(reading).rejects.toThrow(/batchRows must be/);
  });
});
