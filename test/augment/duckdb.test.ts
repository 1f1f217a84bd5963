import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { lastValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ganAugment } from '../../src/augment/gan-augment.js';
import { writeParquet } from '../../src/augment/stream/sinks.js';
import { readParquet } from '../../src/augment/stream/sources.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('augmented Parquet', () => {
  it('should be read by DuckDB: every real row, in order, and the synthetic ones', async () => {
    const output = join(directory, 'augmented.parquet');
    await lastValueFrom(
      readParquet('fixtures/penguins.parquet').pipe(
        ganAugment({ ratio: 0.3, fit: { steps: 2 }, mark: 'is_synthetic' }),
        writeParquet(output),
      ),
    );
    const connection = await (await DuckDBInstance.create()).connect();
    const rows = async (query: string) => (await connection.runAndReadAll(query)).getRows();

    const input = await rows(`select * from 'fixtures/penguins.parquet'`);
    const real = await rows(
      `select * exclude is_synthetic from '${output}' where not is_synthetic`,
    );
    const [counts] = await rows(
      `select count(*), count_if(is_synthetic), count_if(is_synthetic is null) from '${output}'`,
    );
    const [strange] = await rows(
      `select count(*) from '${output}' where species not in ('Adelie', 'Chinstrap', 'Gentoo')`,
    );

    expect(real).toEqual(input);
    expect(counts).toEqual([491n, 147n, 0n]);
    expect(strange).toEqual([0n]);
    connection.closeSync();
  });
});
