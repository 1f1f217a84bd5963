import { DataType, type RecordBatch, TimeUnit } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeParquetFile } from '../../../src/data/parquet/write.js';
import { caseCount } from '../../support/cases.js';
import { arbitraryBatches, asyncFrom, commonTypes } from '../support/arbitrary-batches.js';
import { canonicalRows } from '../support/canonical.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';
import { canonicalOfDuckDb, floatsAsText } from '../support/duckdb-canonical.js';

const directory = useDirectory();
const duckdb = useDuckDb();

/** All but what DuckDB rounds: long decimals, and nanoseconds of a day or with a zone. */
const knownTypes = commonTypes.filter((type) => {
  if (DataType.isDecimal(type)) return type.precision <= 38;
  if (DataType.isTime(type)) return type.unit !== TimeUnit.NANOSECOND;
  if (DataType.isTimestamp(type)) return type.unit !== TimeUnit.NANOSECOND || !type.timezone;
  return true;
});

describe('writeParquetFile', () => {
  it('should write what DuckDB reads as the same values, whatever the types', async () => {
    const cases = fc.tuple(
      arbitraryBatches(knownTypes, { minColumns: 1, instants: 'real' }),
      fc.constantFrom('zstd', 'snappy', 'gzip', 'brotli', 'lz4_raw', 'uncompressed'),
      fc.constantFrom('page', 'chunk', 'none'),
      fc.integer({ min: 1, max: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([batches, compression, statistics, rowGroupRows]) => {
        const path = directory.fresh('parquet');
        const { fields } = (batches[0] as RecordBatch).schema;

        await writeParquetFile(path, asyncFrom(batches), { compression, statistics, rowGroupRows });
        const rows = await duckdb.values(`select * from '${path}'`);

        const read = rows.map((row) =>
          row.map((value, k) => canonicalOfDuckDb(fields[k]?.type as DataType, value)),
        );
        const written = canonicalRows(batches).map((row) =>
          row.map((value, k) => floatsAsText(fields[k]?.type as DataType, value)),
        );
        expect(read).toEqual(written);
      }),
      { numRuns: caseCount(38, 150) },
    );
  });
});
