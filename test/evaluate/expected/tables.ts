import { readFileSync } from 'node:fs';
import type { RecordBatch } from 'apache-arrow';
import { readTogether } from '../../../src/columns/read.js';
import type { ComparedAs } from '../../../src/columns/read-cells.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';

const here = new URL('.', import.meta.url);

/** What make.py wrote into NAME.json. */
// biome-ignore lint/suspicious/noExplicitAny: read from JSON
export function expected(name: 'fidelity' | 'privacy' | 'detection' | 'models' | 'attacks'): any {
  return JSON.parse(readFileSync(new URL(`${name}.json`, here), 'utf8'));
}

/** The batches of one of the tables beside this file. */
export async function expectedBatches(
  name: 'real' | 'synthetic' | 'holdout',
): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  const { pathname } = new URL(`${name}.parquet`, here);
  for await (const batch of readParquetBatches(pathname)) batches.push(batch);
  return batches;
}

/** All three tables, read together. */
export async function expectedTables(columns: Record<string, ComparedAs> = {}) {
  const [real, synthetic, holdout] = await Promise.all([
    expectedBatches('real'),
    expectedBatches('synthetic'),
    expectedBatches('holdout'),
  ]);
  return readTogether({ real, synthetic, holdout }, columns).rows;
}
