import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { runScript } from '../support/run-child.js';
import type { FitOutcome, FitTask } from '../tables/fit.js';
import { asyncFrom } from '../tables/split.js';
import { splitTable, target } from './tables.js';

/** Recipes, rows a step and steps that are tried; what is not said is as by default. */
const variants = [
  { base: 'tabular' },
  { base: 'tabular', batch: 200, steps: 2000 },
  { base: 'tabular', batch: 100, steps: 2000 },
  { base: 'tabular', batch: 100, steps: 1000 },
  { base: 'tabular', batch: 50, steps: 1500 },
  { base: 'autoregressive' },
] as const satisfies readonly { base: string; batch?: number; steps?: number }[];

/** What fits of few rows cost and give: a table of each variant, in a process of its own. */
export async function showFits(directory: string, table: string, seed: number): Promise<void> {
  const { train } = await splitTable(directory, table, seed);
  const place = await mkdtemp(join(tmpdir(), 'gan-augment-fits-'));
  const data = join(place, 'train.parquet');
  console.log(`${table}: ${train.numRows} rows, ${train.numCols} columns, seed ${seed}\n`);
  console.log('| recipe | rows a step | steps | processor s | score by the looks |');
  console.log('|---|---|---|---|---|');
  try {
    await writeParquetFile(data, asyncFrom(train));
    for (const variant of variants) {
      const { base, batch, steps } = { batch: undefined, steps: undefined, ...variant };
      const recipe = { base, ...(batch === undefined ? {} : { batch }) };
      const task: FitTask = { data, out: join(place, 'made.parquet'), target, seed, steps, recipe };
      const fit = new URL('../tables/fit.ts', import.meta.url);
      const outcome = await runScript<FitOutcome>(fit, [JSON.stringify(task)]);
      const best = Math.max(...outcome.scores.map(({ score }) => score));
      const cells = [
        ...[base, batch ?? 'default', outcome.steps, Math.round(outcome.fitSeconds)],
        best.toFixed(3),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  } finally {
    await rm(place, { recursive: true });
  }
}
