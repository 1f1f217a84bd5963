/**
 * What do very wide tables and columns of very many levels take? `npm run bench -- wide`
 *
 * Trains a recipe on 2,000 rows of 1,000 columns, half of them numbers and half categories of 17 levels,
 * and on 100,000 rows of which one column has 50,000 levels, each in a process of its own, and makes
 * as many rows: seconds of the processor, and peak memory. `--steps` bounds the steps.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Field, Float64, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../src/data/batches/batch.js';
import { writeParquetFile } from '../src/data/parquet/write.js';
import { createRandom } from '../src/random.js';
import { runScript } from './support/run-child.js';
import type { FitOutcome, FitTask } from './tables/fit.js';
import { asyncFrom } from './tables/split.js';

const tables = {
  '1,000 columns, 2,000 rows': () => wideTable(1000, 2000),
  'a column of 50,000 levels, 100,000 rows': () => manyLevels(50_000, 100_000),
};

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      recipe: { type: 'string', multiple: true, default: ['autoregressive'] },
      steps: { type: 'string' },
      tables: { type: 'string', default: '0,1' },
    },
  });
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-wide-'));
  const wanted = values.tables.split(',').map(Number);
  console.log(
    '| table | recipe | steps | fit, processor s | sampling, processor s | peak MiB |\n|---|---|---|---|---|---|',
  );
  try {
    for (const [place, [name, make]] of Object.entries(tables).entries()) {
      if (!wanted.includes(place)) continue;
      const data = join(directory, `${place}.parquet`);
      await writeParquetFile(data, asyncFrom(make()));
      for (const base of values.recipe) {
        const steps = values.steps === undefined ? undefined : Number(values.steps);
        const out = join(directory, 'made.parquet');
        const task: FitTask = { data, out, target: 'kind', seed: 1, steps, recipe: { base } };
        const outcome = await runScript<FitOutcome>(new URL('./tables/fit.ts', import.meta.url), [
          JSON.stringify(task),
        ]);
        const { fitSeconds, sampleSeconds, peakMiB } = outcome;
        const numbers = [outcome.steps, fitSeconds, sampleSeconds, peakMiB].map(Math.round);
        console.log(`| ${[name, base, ...numbers].join(' | ')} |`);
      }
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Numbers and categories in turn, each linked with the two classes of the first column. */
function wideTable(columns: number, rows: number): RecordBatch {
  const random = createRandom('wide');
  const kinds = Array.from({ length: rows }, () => random.integer(2));
  const cells: Record<string, (number | string)[]> = { kind: kinds.map((kind) => `k${kind}`) };
  for (let column = 1; column < columns; column++) {
    cells[`c${column}`] = kinds.map((kind) =>
      column % 2 === 0 ? kind + random.normal() : `l${(random.integer(14) + 3 * kind) % 17}`,
    );
  }
  return batchOf(cells, rows);
}

/** Each level in two rows on average, the first ones in many more. */
function manyLevels(levels: number, rows: number): RecordBatch {
  const random = createRandom('levels');
  const kinds = Array.from({ length: rows }, () => random.integer(2));
  return batchOf(
    {
      kind: kinds.map((kind) => `k${kind}`),
      level: kinds.map((_, row) =>
        row < levels ? `level ${row}` : `level ${Math.floor(levels * random.uniform() ** 4)}`,
      ),
      amount: kinds.map((kind) => kind + random.normal()),
    },
    rows,
  );
}

function batchOf(cells: Readonly<Record<string, (number | string)[]>>, rows: number): RecordBatch {
  const all = Object.entries(cells).map(([name, column]) => {
    const type = typeof column[0] === 'number' ? new Float64() : new Utf8();
    return { field: new Field(name, type, false), data: vectorFromArray(column, type).data };
  });
  const schema = new Schema(all.map(({ field }) => field));
  return makeBatch(
    schema,
    all.flatMap(({ data }) => data[0] ?? []),
    rows,
  );
}
