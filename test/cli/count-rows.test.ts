import { describe, expect, it } from 'vitest';
import { countRows } from '../../src/cli/count-rows.js';
import { readBatches } from '../../src/data/open.js';
import { penguins } from './support/penguins.js';

describe('countRows', () => {
  it('should pass batches on and count their rows as they pass', async () => {
    const told: number[] = [];
    const counter = countRows(readBatches(penguins.parquet), (rows) => told.push(rows));
    const before = counter.rows;

    let passed = 0;
    for await (const batch of counter.batches) passed += batch.numRows;

    expect([before, passed, counter.rows, told.at(-1)]).toEqual([0, 344, 344, 344]);
  });
});
