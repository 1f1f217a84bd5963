import type { Schema } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatenateBatches } from '../../../src/data/batches/interleave.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { flatColumns, flatValues } from '../../../src/data/parquetjs/guard.js';
import type { FlatKind } from '../../../src/data/parquetjs/kinds.js';
import { readParquetJsBatches } from '../../../src/data/parquetjs/read.js';
import type { StoredValue } from '../../../src/data/parquetjs/stored.js';
import { writeParquetJsFile } from '../../../src/data/parquetjs/write.js';
import { caseCount } from '../../support/cases.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';
import { useDuckDb } from '../support/duckdb.js';
import { expectSameBatches } from '../support/same-batches.js';
import { arbitraryFlatBatches } from './arbitrary-flat.js';

const directory = useDirectory();
const duckdb = useDuckDb();
const compressions = fc.constantFrom('snappy', 'gzip', 'uncompressed' as const);

describe('writeParquetJsFile', () => {
  it('should write what it reads back bit for bit, metadata included', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryFlatBatches(),
        compressions,
        fc.integer({ min: 1, max: 50 }),
        async (batches, compression, rowGroupRows) => {
          const path = directory.fresh('parquet');

          const summary = await writeParquetJsFile(path, asyncFrom(batches), {
            compression,
            rowGroupRows,
          });
          const read = await collect(readParquetJsBatches(path));

          expectSameBatches(read, batches);
          expect(summary.rows).toBe(batches.reduce((sum, batch) => sum + batch.numRows, 0));
        },
      ),
      { numRuns: caseCount(50, 200) },
    );
  });

  it('should write what the default reader reads equally', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFlatBatches(), compressions, async (batches, compression) => {
        const path = directory.fresh('parquet');

        await writeParquetJsFile(path, asyncFrom(batches), { compression, rowGroupRows: 20 });
        const read = await collect(readParquetBatches(path));

        expectSameBatches(read, batches);
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should write what DuckDB reads equally', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFlatBatches(), compressions, async (batches, compression) => {
        const path = directory.fresh('parquet');
        const schema = batches[0]?.schema as Schema;

        await writeParquetJsFile(path, asyncFrom(batches), { compression, rowGroupRows: 20 });
        const columns = flatColumns(schema);
        const select = columns.map(({ kind }, index) => sql[kind](`c${index}`));
        const names = columns.map((_, index) => `c${index}`);
        const rows = await duckdb.rows(`select ${select} from read_parquet('${path}') t(${names})`);

        const all = concatenateBatches(schema, batches);
        const expected = flatValues(columns, all).map((values) => values.map(plain));
        const read = columns.map(({ kind }, index) =>
          rows.map((row) => (row[index] === null ? null : parse(kind, row[index]))),
        );
        expect(read).toEqual(expected);
      }),
      { numRuns: caseCount(25, 100) },
    );
  });
});

const asItIs = (name: string) => name;
const asText = (name: string) => `${name}::varchar`;

/** What to ask DuckDB for, so that nothing is lost on the way. */
const sql: Record<FlatKind, (name: string) => string> = {
  int32: asItIs,
  int64: asText,
  float32: asText,
  float64: asText,
  bool: asItIs,
  utf8: (name) => `hex(encode(${name}))`,
  date32: (name) => `(${name} - date '1970-01-01')::integer`,
  binary: (name) => `hex(${name})`,
};

function parse(kind: FlatKind, value: unknown): unknown {
  if (kind === 'int64') return BigInt(value as string);
  if (kind === 'float32') return Math.fround(Number(value));
  return kind === 'float64' ? Number(value) : value;
}

function plain(value: StoredValue | null): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex').toUpperCase() : value;
}
