import { type DataType, Field, type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { readBatches, writeBatches } from '../../src/data/open.js';
import { arbitraryData } from '../../src/testing/arbitrary-data.js';
import { asyncFrom, collect, commonTypes } from './support/arbitrary-batches.js';
import { useDirectory } from './support/directory.js';
import { useDuckDb } from './support/duckdb.js';
import { exactRows } from './support/exact.js';
import { expectSameBatches } from './support/same-batches.js';

const directory = useDirectory();
const duckdb = useDuckDb();
const columns = 1000;

/** A few rows of thousands of columns of all types. */
function wideBatch(rows: number): RecordBatch {
  const types = fc.sample(commonTypes, { numRuns: columns, seed: 3 });
  const fields = types.map((type: DataType, k) => new Field(`c${k}`, type, true));
  const data = types.map((type, seed) => {
    const [column] = fc.sample(arbitraryData(type, rows, true, 'parquet'), { numRuns: 1, seed });
    return column as never;
  });
  return makeBatch(new Schema(fields, new Map([['width', String(columns)]])), data, rows);
}

describe('thousands of columns', () => {
  const wide = wideBatch(5);

  it.each(['parquet', 'arrow', 'arrows'])('should come back from .%s bit for bit', async (kind) => {
    const path = directory.fresh(kind);

    await writeBatches(path, asyncFrom([wide, wide.slice(1, 4)]), { compression: 'snappy' });

    expectSameBatches(await collect(readBatches(path)), [wide, wide.slice(1, 4)]);
  });

  it('should be read by DuckDB, all of them', async () => {
    const path = directory.fresh('parquet');
    await writeBatches(path, asyncFrom([wide]));

    const described = await duckdb.rows(`describe from '${path}'`);

    expect(described.map(([name]) => name)).toEqual(wide.schema.names);
  });

  it('should pass augmentation, the real rows bit for bit', async () => {
    // To learn all of them would take minutes.
    const unlearned = wide.schema.names.slice(20).map((name) => [name, { kind: 'null' }] as const);
    const fit = { steps: 1, thread: 'caller', columns: Object.fromEntries(unlearned) } as const;
    const batches = Array<RecordBatch>(4).fill(wide);

    const out = await collect(
      augmentBatches(asyncFrom(batches), { ratio: 0.3, mark: 'made', fit }),
    );

    const rows = exactRows(out);
    const real = rows.filter((row) => !row.at(-1)).map((row) => row.slice(0, -1));
    expect(real).toEqual(exactRows(batches));
    expect(rows.length - real.length).toBe(8);
  });
});
