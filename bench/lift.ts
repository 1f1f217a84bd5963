/**
 * Do synthetic rows of a rare class help? `npm run bench -- lift [--data FILE --target COLUMN]`
 *
 * The table is split as in the bench of tables. A model predicts the target on the held-out rows,
 * trained on the real rows; on these with classes of equal weight; and on these with as many new
 * rows of the rarer class as make both equally many: of SMOTE-NC, of a bootstrap (which repeats real
 * ones) and of GANs, one a seed. Without arguments: damage in `birdstrikes`.
 *
 * What is gained over the real rows comes with the middle 95 % over resampled held-out rows and
 * seeds. With `--keep DIRECTORY` the GANs of the bench of tables there are used.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { readTogether } from '../src/columns/read.js';
import { joinRows } from '../src/columns/select.js';
import { concatenateBatches } from '../src/data/batches/interleave.js';
import { readBatches } from '../src/data/open.js';
import type { Examples } from '../src/evaluate/models/model.js';
import { trainers } from '../src/evaluate/models/trainers.js';
import { liftInterval } from '../src/evaluate/utility/interval.js';
import { type Measure, type Scorer, scorerOf } from '../src/evaluate/utility/score.js';
import { balanceClasses, describeTarget, examplesOf } from '../src/evaluate/utility/target.js';
import { loadModel } from '../src/gan/model/directory.js';
import { fitSmote } from '../src/makers/smote.js';
import { show } from './statistics.js';
import { trainOurs } from './tables/ours.js';
import { splitTable } from './tables/split.js';

const measures = ['averagePrecision', 'f1', 'rocAuc'] as const satisfies Measure[];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'birdstrikes' },
      target: { type: 'string', default: 'Damage' },
      seeds: { type: 'string', default: '5' },
      first: { type: 'string', default: '1' },
      steps: { type: 'string' },
      keep: { type: 'string' },
    },
  });
  const { target } = values;
  const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'gan-augment-lift-')));
  await mkdir(directory, { recursive: true });
  try {
    const parts = await splitTable(values.data, directory, false);
    const steps = values.steps === undefined ? undefined : Number(values.steps);
    const holdout = await collect(readBatches([parts.test]));
    const real = parts.batch;
    const own = describeTarget(readTogether({ real }).rows.real, target);
    const [common, rare] = own.classes as [string, string];
    const counts = new Map<unknown, number>();
    for (const cell of real.getChild(target) ?? []) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    const missing = (counts.get(common) ?? 0) - (counts.get(rare) ?? 0);
    const smote = fitSmote(real, { target, only: rare });
    const seeds = Array.from({ length: Number(values.seeds) }, (_, k) => Number(values.first) + k);
    const scorers = new Map<string, Scorer[]>();
    for (const seed of seeds) {
      const { model } = await trainOurs(parts, directory, seed, { target, steps, recipe: {} });
      const gan = await loadModel(model);
      const rows = { rows: missing, seed, where: { [target]: rare } };
      const added = {
        'SMOTE-NC': smote.sample(missing, seed),
        'this package': await collect(sampleBatches(gan, rows)),
      };
      const tables = readTogether({ real, holdout, ...added }).rows;
      const examples = (own: typeof tables.real) =>
        examplesOf(own, describeTarget(tables.real, target));
      const held = examples(tables.holdout);
      const arms: Record<string, Examples> = {
        'real rows': examples(tables.real),
        'real rows, classes of equal weight': balanceClasses(examples(tables.real)),
      };
      for (const name of Object.keys(added) as (keyof typeof added)[]) {
        arms[`real rows and ${name}`] = examples(joinRows(tables.real, tables[name]));
      }
      for (const name of ['boosting', 'linear'] as const) {
        for (const [arm, training] of Object.entries(arms)) {
          const predict = await trainers[name](training, own.task, seed);
          const scorer = scorerOf(held.target, await predict(held.features), own);
          const key = `${name} | ${arm}`;
          scorers.set(key, [...(scorers.get(key) ?? []), scorer]);
          console.error(`seed ${seed}, ${key}: ${JSON.stringify(scorer())}`);
        }
      }
    }
    print(scorers, holdout.numRows);
    console.log(
      `\n${own.name}: '${rare}' in ${counts.get(rare)} of ${real.numRows} rows to train on; ` +
        `${missing} more are made of it; ${holdout.numRows} rows held out; ${seeds.length} seeds`,
    );
  } finally {
    if (values.keep === undefined) await rm(directory, { recursive: true });
  }
}

function print(scorers: ReadonlyMap<string, readonly Scorer[]>, rows: number): void {
  const heads = measures.flatMap((name) => [name, 'gained (95 %)']);
  console.log(`| model | trained on | ${heads.join(' | ')} |\n|${'---|'.repeat(2 + heads.length)}`);
  for (const [key, own] of scorers) {
    const [model] = key.split(' | ') as [string];
    const before = scorers.get(`${model} | real rows`) as readonly Scorer[];
    const lift = liftInterval(before, own, measures, rows);
    const cells = measures.flatMap((name) => {
      const { mean, low, high } = lift[name] ?? {};
      const shown = [mean, low, high].map((value) => (value ?? Number.NaN).toFixed(3));
      const gained = own === before ? '' : `${shown[0]} (${shown[1]} to ${shown[2]})`;
      return [show(own.map((score) => score()[name] ?? Number.NaN)), gained];
    });
    console.log(`| ${key} | ${cells.join(' | ')} |`);
  }
}

async function collect(source: AsyncIterable<RecordBatch>): Promise<RecordBatch> {
  const batches: RecordBatch[] = [];
  for await (const batch of source) batches.push(batch);
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}
