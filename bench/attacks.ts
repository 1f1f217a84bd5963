/**
 * What attackers get out of models of few rows: membership by three attacks, against rows that were
 * held out, with and without what is to protect the rows, and what that costs in quality.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { type RowFilter, rejectRows } from '../src/augment/privacy/reject-rows.js';
import { createRowFilter } from '../src/augment/privacy/row-filter.js';
import { readTogether } from '../src/columns/read.js';
import { drawIndices } from '../src/columns/select.js';
import { deviationOf, meanOf } from '../src/columns/statistics.js';
import { toBatches } from '../src/data/batches/batch-source.js';
import { concatenateBatches, createRunList, gatherRuns } from '../src/data/batches/interleave.js';
import { readBatches, writeBatches } from '../src/data/open.js';
import { quality } from '../src/evaluate/fidelity/quality.js';
import { measureAttacks } from '../src/evaluate/privacy/attacks/measure-attacks.js';
import {
  attackMembership,
  type MembershipAttack,
  membershipAttacks,
  strongestAttack,
} from '../src/evaluate/privacy/attacks/membership.js';
import { fitModel } from '../src/gan/fit/fit.js';
import type { FitOptions } from '../src/gan/fit/options.js';
import type { Model } from '../src/gan/model/model.js';
import { openChunks } from '../src/gan/sampling/open-chunks.js';
import { fitBootstrap } from '../src/makers/bootstrap.js';
import { createRandom } from '../src/random.js';
import { runAtOnce } from '../src/threads/run-cooperatively.js';
import { adultLike } from './support/adult-like.js';
import { runChild } from './support/run-child.js';

interface Way {
  readonly name: string;
  readonly fit: FitOptions;
  readonly rejectCloserThan?: number;
}

const ways: readonly Way[] = [
  { name: 'privacy: false', fit: { privacy: false } },
  { name: 'default', fit: {} },
  { name: 'rejectCloserThan 0.05', fit: {}, rejectCloserThan: 0.05 },
  { name: 'rejectCloserThan 0.5', fit: {}, rejectCloserThan: 0.5 },
  { name: 'rareLevels 20', fit: { privacy: { rareLevels: 20 } } },
  { name: 'epsilon 3', fit: { privacy: { epsilon: 3, delta: 1e-3 } } },
  { name: 'copula', fit: { recipe: 'copula' } },
  { name: 'smote', fit: { recipe: 'smote-nc' } },
  { name: 'bootstrap', fit: { recipe: 'bootstrap' } },
];

/** Synthetic rows that attackers see. */
const madeRows = 5_000;

const figures = [
  'AUC by distance',
  'density',
  'boosting',
  'found at 1 %',
  'cells guessed more',
  'singled out more',
  'quality beside held-out rows',
];

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rows: { type: 'string', default: '300' },
      seeds: { type: 'string', default: '3' },
      steps: { type: 'string' },
      ways: { type: 'string' },
      null: { type: 'boolean' },
      check: { type: 'boolean' },
    },
  });
  const rows = Number(values.rows);
  const read = positionals[0] === undefined ? adultLike(40 * rows) : readBatches(positionals);
  const batches: RecordBatch[] = [];
  for await (const batch of read) batches.push(batch);
  const all = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  if (values.null) return attackNothing(all);
  if (values.check) return checkByPeer(all, rows);
  const modelOf = createModels(values.steps);
  const wanted = values.ways?.split('+');
  console.log(`| rows of | ${figures.join(' | ')} |`);
  console.log(`|---|${'---|'.repeat(figures.length)}`);
  for (const way of ways.filter(({ name }) => !wanted || wanted.includes(name))) {
    const results: number[][] = [];
    for (let seed = 0; seed < Number(values.seeds); seed++) {
      const sizes = [rows, rows, Math.ceil(rows / 5)];
      const drawn = drawTables(all, sizes, `rows ${seed}`) as [
        RecordBatch,
        RecordBatch,
        RecordBatch,
      ];
      const [training, holdout, calibration] = drawn;
      const model = await modelOf(way, training, seed);
      results.push(await measure(model, { training, holdout, calibration }, way, seed));
    }
    const cells = figures.map((_, k) => spread(results.map((result) => result[k] as number)));
    console.log(`| ${way.name} | ${cells.join(' | ')} |`);
  }
}

/** Tables of so many rows each, no row in two of them. */
function drawTables(all: RecordBatch, sizes: readonly number[], seed: string): RecordBatch[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const order = drawIndices(all.numRows, total, createRandom(seed));
  let start = 0;
  return sizes.map((size) => {
    const runs = createRunList(size);
    for (const row of order.subarray(start, start + size)) runs.add(0, row, 1);
    start += size;
    return gatherRuns(all.schema, [all], runs);
  });
}

const spread = (values: readonly number[]) =>
  `${meanOf(values)?.toFixed(3)} ± ${deviationOf(values).toFixed(3)}`;

/** What attacks find where there is nothing to find: all tables are of one kind. */
async function attackNothing(all: RecordBatch): Promise<void> {
  const found: Record<string, number[]> = {};
  let [covered, intervals, above] = [0, 0, 0];
  const repeats = 100;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const [real, holdout, synthetic] = drawTables(all, [240, 60, 600], `null ${repeat}`);
    const { rows } = readTogether({
      real: real as RecordBatch,
      holdout: holdout as RecordBatch,
      synthetic: synthetic as RecordBatch,
    });
    const random = createRandom(repeat);
    const membership = await attackMembership(rows.real, rows.holdout, rows.synthetic, random);
    for (const attack of membershipAttacks) {
      const { value, low, high } = membership[attack].auc;
      found[attack] = [...(found[attack] ?? []), value ?? Number.NaN];
      covered += Number((low ?? 1) <= 0.5 && (high ?? 0) >= 0.5);
      intervals++;
    }
    const best = strongestAttack(membership).auc.value ?? Number.NaN;
    found['the best'] = [...(found['the best'] ?? []), best];
    above += Number(best > 0.6);
  }
  for (const [name, values] of Object.entries(found)) console.log(`${name}: ${spread(values)}`);
  console.log(`95 % intervals that hold 0.5: ${covered} of ${intervals}`);
  console.log(`best attack above 0.6: ${above} of ${repeats}`);
}

/** The attacks beside those of numpy and scikit-learn, on rows of a bootstrap and held-out ones. */
async function checkByPeer(all: RecordBatch, rows: number): Promise<void> {
  const [real, holdout, others] = drawTables(all, [rows, rows, rows], 'check') as [
    RecordBatch,
    RecordBatch,
    RecordBatch,
  ];
  const synthetic = concatenateBatches(all.schema, [
    fitBootstrap(real).sample(Math.floor(rows / 4), 1),
    others,
  ]);
  const directory = await mkdtemp(join(tmpdir(), 'attacks-'));
  try {
    for (const [name, batch] of Object.entries({ real, holdout, synthetic })) {
      await writeBatches(join(directory, `${name}.parquet`), toBatches([batch]));
    }
    const { rows: read } = readTogether({ real, holdout, synthetic });
    const own = await measureAttacks(read.real, read.holdout, read.synthetic, createRandom(1));
    const peer = fileURLToPath(new URL('peers/membership_attacks.py', import.meta.url));
    const theirs = await runChild<PeerAttacks>(process.env.PYTHON ?? 'python3', [
      peer,
      directory,
    ]).catch(() => undefined);
    const show = (value: number | null | undefined) => value?.toFixed(6) ?? '';
    console.log(
      `| attack | here | ${theirs ? 'numpy and scikit-learn' : 'not run: no $PYTHON with it'} |`,
    );
    console.log('|---|---|---|');
    for (const attack of membershipAttacks) {
      const [auc, other] = [own?.membership[attack], theirs?.membership[attack]];
      console.log(`| ${attack}, AUC | ${show(auc?.auc.value)} | ${show(other?.auc)} |`);
      console.log(
        `| ${attack}, found at 1 % | ${show(auc?.truePositives.value)} | ${show(other?.truePositives)} |`,
      );
    }
    console.log(
      `| cells guessed more | ${show(own?.attributes.excess.value)} | ${show(theirs?.attributes.excess)} |`,
    );
  } finally {
    await rm(directory, { recursive: true });
  }
}

interface PeerAttacks {
  readonly membership: Record<
    MembershipAttack,
    { readonly auc: number; readonly truePositives: number }
  >;
  readonly attributes: { readonly excess: number };
}

/** A model for each way to train and seed: ways that filter its rows share it. */
function createModels(steps: string | undefined) {
  const fitted = new Map<string, Promise<Model>>();
  return ({ fit }: Way, training: RecordBatch, seed: number): Promise<Model> => {
    const key = JSON.stringify([fit, seed]);
    const length = steps === undefined || fit.recipe ? {} : { steps: Number(steps) };
    const model =
      fitted.get(key) ?? fitModel(training.schema, [training], { ...fit, ...length, seed });
    fitted.set(key, model);
    return model;
  };
}

/** Rows that were learned, that measure, and that only a filter sees. */
interface Tables {
  readonly training: RecordBatch;
  readonly holdout: RecordBatch;
  readonly calibration: RecordBatch;
}

async function measure(
  model: Model,
  { training, holdout, calibration }: Tables,
  { rejectCloserThan }: Way,
  seed: number,
): Promise<number[]> {
  const opened = await openChunks(model, { seed, partition: 0, conditions: undefined }, {}, false);
  const chunks =
    rejectCloserThan === undefined
      ? opened
      : rejectRows(opened, filterOf(model, { training, calibration }, rejectCloserThan));
  const made: RecordBatch[] = [];
  for (let count = 0; count < madeRows; count += made.at(-1)?.numRows ?? 0) {
    made.push(await chunks.next());
  }
  await chunks.dispose();
  const { rows } = readTogether({ real: [training], synthetic: made, holdout: [holdout] });
  const random = createRandom(seed);
  const found = await measureAttacks(rows.real, rows.holdout, rows.synthetic, random);
  if (!found) throw new Error('too few rows');
  const { membership, attributes, singlingOut } = found;
  return [
    ...membershipAttacks.map((name) => membership[name].auc.value),
    Math.max(...membershipAttacks.map((name) => membership[name].truePositives.value ?? 0)),
    attributes.excess.value,
    singlingOut.excess.value,
    quality(rows.holdout, rows.synthetic).score,
  ].map((value) => value ?? Number.NaN);
}

function filterOf(
  model: Model,
  { training, calibration }: Pick<Tables, 'training' | 'calibration'>,
  quantile: number,
): RowFilter {
  const split = { training: [training], holdout: [calibration] };
  const rejected = { seen: 0, copies: 0, close: 0 };
  return runAtOnce(createRowFilter(training.schema, model, split, quantile, rejected));
}
