/**
 * This package's metrics against SDMetrics', on the same rows: do they agree, and how long do they
 * take? `npm run bench -- metrics --data TABLE.csv [--rows N] [--few N]`
 *
 * Half of the table is real, a Gaussian copula of it is synthetic, the other half is held out.
 * SDMetrics is taken from `$PYTHON`; where it is slow, both sides look at fewer rows, as said.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import type { Rows } from '../src/columns/column.js';
import { drawRows } from '../src/columns/draw-rows.js';
import { readTogether } from '../src/columns/read.js';
import { concatenateBatches, sliceBatch } from '../src/data/batches/interleave.js';
import { readBatches } from '../src/data/open.js';
import { writeParquetFile } from '../src/data/parquet/write.js';
import { detect } from '../src/evaluate/detection/detection.js';
import { quality } from '../src/evaluate/fidelity/quality.js';
import { closestDistances } from '../src/evaluate/privacy/closest-distances.js';
import { findNewRows } from '../src/evaluate/privacy/new-rows.js';
import { fitGaussianCopula } from '../src/makers/copula/fit.js';
import { createRandom } from '../src/random.js';
import { runChild } from './support/run-child.js';

type Tables = Readonly<Record<'real' | 'synthetic' | 'holdout', Rows>> & {
  readonly few: Readonly<Record<'real' | 'synthetic' | 'holdout', Rows>>;
  /** All real rows and few synthetic ones. */
  readonly mixed: Readonly<Record<'real' | 'synthetic', Rows>>;
};

/** Each by the name that the peer's script gives it; `few` rows where SDMetrics is slow. */
const measuresOf = (
  few: number,
): Readonly<Record<string, (tables: Tables) => number | null | Promise<number | null>>> => ({
  'quality score': ({ real, synthetic }) => quality(real, synthetic, { edges: 'own' }).score,
  [`NewRowSynthesis, ${few} synthetic rows`]: ({ mixed }) =>
    findNewRows(mixed.real, mixed.synthetic).score,
  [`DCR, closer to training, ${few} × ${few} rows`]: ({ few: { real, synthetic, holdout } }) =>
    shareOfCloser(closestDistances(synthetic, real), closestDistances(synthetic, holdout)),
  'LogisticDetection (other folds)': async ({ real, synthetic }) => {
    const all = { limit: Number.POSITIVE_INFINITY };
    return (await detect(real, synthetic, 'linear', createRandom(1), all)).score;
  },
});

/** Ties are not closer, as SDMetrics has it. */
function shareOfCloser(first: Float64Array, second: Float64Array): number {
  return first.filter((distance, row) => distance < (second[row] as number)).length / first.length;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      rows: { type: 'string', default: '1000000' },
      few: { type: 'string', default: '1000' },
    },
  });
  if (values.data === undefined) throw new Error('name a table: --data FILE');
  const source = readBatches([values.data]);
  const { batches } = await drawRows(source, Number(values.rows), createRandom(1), 'data');
  const tables = split(concatenateBatches((batches[0] as RecordBatch).schema, batches));
  const few = Number(values.few);
  const ours = await measureOurs(tables, few);
  const theirs = await measureTheirs(tables, few);
  console.log(
    `${tables.real.numRows} real and as many synthetic rows, ${tables.real.numCols} columns\n`,
  );
  console.log(
    '| | ours | SDMetrics | s, ours | s, SDMetrics | time ÷ ours |\n|---|---|---|---|---|---|',
  );
  for (const [name, own] of Object.entries(ours)) {
    const other = theirs[name];
    console.log(
      `| ${name} | ${own.value?.toFixed(6)} | ${other?.value.toFixed(6) ?? 'not run'} | ` +
        `${own.seconds.toFixed(3)} | ${other?.seconds.toFixed(2) ?? ''} | ` +
        `${other ? (other.seconds / own.seconds).toFixed(0) : ''} |`,
    );
  }
}

function split(all: RecordBatch) {
  const half = all.numRows >> 1;
  const real = sliceBatch(all, 0, half);
  const synthetic = fitGaussianCopula(real).sample(half, 1);
  return { real, synthetic, holdout: sliceBatch(all, half) };
}

async function measureOurs({ real, synthetic, holdout }: ReturnType<typeof split>, few: number) {
  const first = (batch: RecordBatch) => sliceBatch(batch, 0, few);
  const tables: Tables = {
    ...readTogether({ real, synthetic, holdout }).rows,
    few: readTogether({ real: first(real), synthetic: first(synthetic), holdout: first(holdout) })
      .rows,
    mixed: readTogether({ real, synthetic: first(synthetic) }).rows,
  };
  const ours: Record<string, { value: number | null; seconds: number }> = {};
  for (const [name, measure] of Object.entries(measuresOf(few))) {
    const start = performance.now();
    const value = await measure(tables);
    ours[name] = { value, seconds: (performance.now() - start) / 1000 };
  }
  return ours;
}

type Theirs = Record<string, { value: number; seconds: number }>;

async function measureTheirs(tables: ReturnType<typeof split>, few: number): Promise<Theirs> {
  const directory = await mkdtemp(join(tmpdir(), 'gan-augment-metrics-'));
  try {
    for (const [name, batch] of Object.entries(tables)) {
      await writeParquetFile(join(directory, `${name}.parquet`), asyncFrom(batch));
    }
    const script = new URL('./peers/sdmetrics_scores.py', import.meta.url).pathname;
    const python = process.env.PYTHON ?? 'python3';
    return await runChild<Theirs>(python, [script, directory, String(few)]);
  } catch (error) {
    console.log(`SDMetrics was not run: ${(error as Error).message}\n`);
    return {};
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function* asyncFrom(batch: RecordBatch) {
  yield batch;
}
