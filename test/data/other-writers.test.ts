import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../src/data/inspect.js';
import { readBatches } from '../../src/data/open.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { useDuckDb } from './support/duckdb.js';

const { resolve } = createRequire(import.meta.url);
const pathOf = (name: string) => join(resolve('vega-datasets'), '../../data', name);
const duckdb = useDuckDb();

describe('readBatches of files that others have written', () => {
  it('should read the Arrow file of vega-datasets, which is the same as its JSON', async () => {
    let rows = 0;
    let delay = 0;
    for await (const batch of readBatches(pathOf('flights-200k.arrow'))) {
      rows += batch.numRows;
      for (const value of batch.getChild('delay') ?? []) delay += value ?? 0;
    }

    const json = pathOf('flights-200k.json');
    const expected = await duckdb.rows(`select count(*)::int, sum(delay)::int from '${json}'`);
    expect([[rows, delay]]).toEqual(expected);
  });

  it('should read the Parquet file of vega-datasets as DuckDB does', async () => {
    const path = pathOf('flights-3m.parquet');
    const summary = await inspectFile(path);
    const [column] = summary.columns.filter(({ type }) => /^u?int/.test(type));
    const name = column?.name ?? '';

    let rows = 0;
    let sum = 0;
    for await (const batch of readParquetBatches(path, { columns: [name] })) {
      rows += batch.numRows;
      for (const value of batch.getChild(name) ?? []) sum += Number(value ?? 0);
    }

    expect(rows).toBe(summary.rows);
    const expected = await duckdb.rows(`select count(*), sum("${name}")::varchar from '${path}'`);
    expect([[String(rows), String(sum)]]).toEqual(expected);
  });
});
