/**
 * How good are synthetic tables? `PYTHON=… npm run bench -- tables --data adult.csv --target income`
 *
 * Of every ten rows three are held out. Models are trained on the others, one for each seed, and
 * give as many rows. The judges are the peers' own, from `$PYTHON` (see peers/table_quality.py):
 * SDMetrics compares the rows with the training rows, and scikit-learn trains classifiers, or
 * regressors, on them and tests these on the held-out real rows. Beside our models stand the real
 * rows, with `--comparators` a Gaussian copula, SMOTE-NC and a bootstrap, one sample for each seed, and
 * with `--peer` SDV's ctgan, with `--argn` mostlyai-engine's TabularARGN. The detection score, ours, is of
 * boosted trees that are to tell the rows from the training rows: 1 where they cannot.
 *
 * `--epsilon`, which may be given several times, trains models that promise privacy of it, with δ 1e-5;
 * `--columns` says what is known of columns, as JSON: ranges and levels.
 *
 * `--tuning` leaves the test rows alone, and holds out a fifth of the others instead; `--recipe`
 * says what differs from the default recipe, as JSON, and may be given several times (default, without
 * `--epsilon`: nothing); `--no-privacy` learns values of few rows too. `--samples
 * NAME=FILE,FILE` judges rows that are there already. `--data` is a file, or the name of a table of
 * `vega-datasets` (see tables/datasets.ts). With `--keep DIRECTORY` what was made and found stays
 * there, and is not made again.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeParquetFile } from '../src/data/parquet/write.js';
import { fitBootstrap } from '../src/makers/bootstrap.js';
import { fitGaussianCopula } from '../src/makers/copula/fit.js';
import { fitSmote } from '../src/makers/smote.js';
import { show } from './statistics.js';
import { runChild } from './support/run-child.js';
import type { FitOutcome, FitTask } from './tables/fit.js';
import { type Judged, judge } from './tables/judge.js';
import { kept } from './tables/keep.js';
import { type Ours, trainOurs } from './tables/ours.js';
import { ownJudgement } from './tables/own-judgement.js';
import { asyncFrom, type Parts, splitTable } from './tables/split.js';

const options = {
  data: { type: 'string' },
  target: { type: 'string' },
  seeds: { type: 'string', default: '5' },
  first: { type: 'string', default: '1' },
  steps: { type: 'string' },
  recipe: { type: 'string', multiple: true },
  epsilon: { type: 'string', multiple: true, default: [] as string[] },
  columns: { type: 'string' },
  keep: { type: 'string' },
  tuning: { type: 'boolean', default: false },
  peer: { type: 'boolean', default: false },
  argn: { type: 'boolean', default: false },
  comparators: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  'no-privacy': { type: 'boolean', default: false },
  samples: { type: 'string', multiple: true, default: [] as string[] },
} as const;

type Flags = ReturnType<typeof parse>;

const parse = (args: string[]) => parseArgs({ args, options }).values;

/** Rows that somebody made, one file for each seed. */
interface Made {
  readonly name: string;
  readonly files: readonly string[];
  readonly outcomes: readonly Partial<FitOutcome>[];
}

export async function run(args: string[]): Promise<void> {
  const flags = parse(args);
  const { data, target } = flags;
  if (data === undefined || target === undefined) {
    throw new Error('name a table and its target: --data FILE --target COLUMN');
  }
  const directory = flags.keep ?? (await mkdtemp(join(tmpdir(), 'gan-augment-tables-')));
  await mkdir(directory, { recursive: true });
  try {
    const parts = await splitTable(data, directory, flags.tuning);
    const all: Made[] = [{ name: 'real rows', files: [parts.train], outcomes: [] }];
    const { recipe: recipes = flags.epsilon.length > 0 ? [] : ['{}'] } = flags;
    const plain = flags['no-privacy'] ? ({ privacy: false } as const) : undefined;
    for (const recipe of Number(flags.seeds) > 0 ? recipes : []) {
      all.push(await ours(parts, directory, target, JSON.parse(recipe), flags, plain));
    }
    for (const epsilon of flags.epsilon) {
      const privacy = { epsilon: Number(epsilon), delta: 1e-5 };
      const columns = flags.columns === undefined ? undefined : JSON.parse(flags.columns);
      all.push(await ours(parts, directory, target, {}, flags, { privacy, columns }));
    }
    if (flags.comparators) {
      all.push(...(await comparators(parts, directory, target, seedsOf(flags))));
    }
    if (flags.peer) all.push(await peer(parts, directory, flags, ctgan));
    if (flags.argn) all.push(await peer(parts, directory, flags, argn));
    for (const samples of flags.samples) {
      const [name, files] = samples.split('=') as [string, string];
      all.push({ name, files: files.split(','), outcomes: [] });
    }
    await print(parts, target, all, flags.quick, directory);
  } finally {
    if (flags.keep === undefined) await rm(directory, { recursive: true });
  }
}

const seedsOf = ({ seeds, first }: Flags) =>
  Array.from({ length: Number(seeds) }, (_, k) => Number(first) + k);

async function ours(
  parts: Parts,
  directory: string,
  target: string,
  recipe: { base?: string },
  flags: Flags,
  promised?: FitTask['promised'],
): Promise<Made> {
  const steps = flags.steps === undefined ? undefined : Number(flags.steps);
  const all: Ours[] = [];
  for (const seed of seedsOf(flags)) {
    all.push(await trainOurs(parts, directory, seed, { target, steps, recipe, promised }));
  }
  const { epsilon } = promised?.privacy || {};
  const what = [
    ...(recipe.base === undefined || epsilon !== undefined ? [] : [recipe.base]),
    ...(epsilon === undefined ? [] : [`ε ${epsilon}`]),
    ...(promised?.privacy === false ? ['no value held back'] : []),
  ];
  return {
    name: ['this package', ...what].join(', '),
    files: all.map(({ rows }) => rows),
    outcomes: all.map(({ outcome }) => outcome),
  };
}

async function comparators(
  { batch }: Parts,
  directory: string,
  target: string,
  seeds: readonly number[],
): Promise<Made[]> {
  const makers = {
    'Gaussian copula': () => fitGaussianCopula(batch),
    'SMOTE-NC': () => fitSmote(batch, { target }),
    bootstrap: () => fitBootstrap(batch),
  };
  const all: Made[] = [];
  for (const [name, prepare] of Object.entries(makers)) {
    try {
      const comparator = prepare();
      const files: string[] = [];
      for (const seed of seeds) {
        const file = join(directory, `${name}-${seed}.parquet`);
        await writeParquetFile(file, asyncFrom(comparator.sample(batch.numRows, seed)));
        files.push(file);
      }
      all.push({ name, files, outcomes: [] });
    } catch (error) {
      console.error(`${name}: not run: ${(error as Error).message}`);
    }
  }
  return all;
}

/** A library of Python that makes tables: its script, and what that writes. */
interface Peer {
  readonly name: string;
  readonly script: string;
  readonly extension: string;
}

const ctgan: Peer = { name: "SDV's ctgan", script: 'ctgan', extension: 'csv' };
const argn: Peer = { name: 'TabularARGN', script: 'argn', extension: 'parquet' };

async function peer(
  { train }: Parts,
  directory: string,
  flags: Flags,
  { name, script, extension }: Peer,
): Promise<Made> {
  const python = process.env.PYTHON ?? 'python3';
  const files: string[] = [];
  const outcomes: Partial<FitOutcome>[] = [];
  for (const seed of seedsOf(flags)) {
    const out = join(directory, `${script}-${seed}.${extension}`);
    const args = [`bench/peers/${script}_table.py`, train, out, String(seed)];
    try {
      const fit = () => runChild<FitOutcome>(python, args);
      outcomes.push(await kept(`${out}.json`, args, fit));
      files.push(out);
    } catch (error) {
      console.error(`${name}, seed ${seed}: not run: ${(error as Error).message}`);
    }
  }
  return { name, files, outcomes };
}

async function print(
  parts: Parts,
  target: string,
  all: Made[],
  quick: boolean,
  directory: string,
): Promise<void> {
  console.log(`trained on ${parts.batch.numRows} rows; mean ± sd of the seeds\n`);
  const qualities = [
    'quality',
    'shapes',
    'pairs',
    'quality, all pairs',
    'quality, our own',
    'detection',
  ];
  const columns = ['rows of', 'seeds', ...qualities];
  let names: string[] | undefined;
  for (const { name, files, outcomes } of all) {
    const judged = await judge(parts, target, files, quick, directory);
    if (judged.length === 0) {
      console.log(
        `| ${name} | not judged: no files, or no $PYTHON with sdmetrics and scikit-learn |`,
      );
      continue;
    }
    if (!names) {
      names = Object.keys((judged[0] as Judged).utility);
      const heads = [...columns, ...names, 'steps', 'fit, s', 'sampling, s', 'peak MiB'];
      console.log(`| ${heads.join(' | ')} |\n|${'---|'.repeat(heads.length)}`);
    }
    const own = await Promise.all(files.map((file) => ownJudgement(parts.batch, file)));
    const cells = [
      name,
      files.length,
      ...(['quality', 'shapes', 'pairs'] as const).map((key) =>
        cell(judged.map(({ quality }) => quality?.default[key])),
      ),
      cell(judged.map(({ quality }) => quality?.all.quality)),
      cell(own.map(({ quality }) => quality)),
      cell(own.map(({ detection }) => detection)),
      ...names.map((key) => cell(judged.map(({ utility }) => utility[key]))),
      ...(['steps', 'fitSeconds', 'sampleSeconds', 'peakMiB'] as const).map((key) =>
        cell(
          outcomes.map((outcome) => outcome[key]),
          key === 'sampleSeconds' ? 1 : 0,
        ),
      ),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Of one number the number, of several mean ± sd. */
function cell(values: readonly (number | undefined)[], digits = 3): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return '';
  return known.length === 1 ? (known[0] as number).toFixed(digits) : show(known, digits);
}
