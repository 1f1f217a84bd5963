/**
 * Synthetic sequences beside real ones: TimeGAN's sines, stocks in windows of 24 days, and Japanese
 * vowels. Four fifths of each data set are learned, as many sequences are made, and `evaluate` compares both
 * with the last fifth. Windows of stocks overlap those that are held out.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { splitHoldout } from '../../src/augment/fitting/split-holdout.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { meanOf } from '../../src/columns/statistics.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import type { Evaluation } from '../../src/evaluate/evaluation.js';
import type { ModelName } from '../../src/evaluate/models/trainers.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { createRandom } from '../../src/random.js';
import { reportPage } from '../../src/report/page.js';
import { runCooperatively } from '../../src/threads/run-cooperatively.js';
import { show } from '../statistics.js';
import { sines, stocks, vowels } from './data.js';

/** A run: what was found, and processor seconds of the training. */
interface Measured {
  readonly found: Evaluation;
  readonly seconds: number;
}

/** What is shown of each run; NaN where there is no such thing. */
const columns: Readonly<Record<string, (run: Measured) => number | null | undefined>> = {
  sequences: ({ found }) => found.rows.real?.total,
  'processor s': ({ seconds }) => seconds,
  discriminative: ({ found }) => meanOf(found.sequences?.recurrent?.discriminative ?? []),
  predictive: ({ found }) => meanOf(found.sequences?.recurrent?.predictive.synthetic ?? []),
  'predictive, of real': ({ found }) => meanOf(found.sequences?.recurrent?.predictive.real ?? []),
  'AUC of boosting': ({ found }) => meanOf(found.detection.boosting?.auc ?? []),
  autocorrelation: ({ found }) => found.sequences?.synthetic.autocorrelation,
  'autocorrelation, held out': ({ found }) => found.sequences?.real?.autocorrelation,
  correlation: ({ found }) => found.sequences?.synthetic.crossCorrelation,
  'correlation, held out': ({ found }) => found.sequences?.real?.crossCorrelation,
  lengths: ({ found }) => found.sequences?.synthetic.lengths,
  'lengths, held out': ({ found }) => found.sequences?.real?.lengths,
  'closer to learned': ({ found }) => found.sequences?.nearest.holdout?.closerToReal,
  'accuracy of real': ({ found }) => found.utility?.trainedOn.real.accuracy?.mean,
  'accuracy of synthetic': ({ found }) => found.utility?.trainedOn.synthetic.accuracy?.mean,
};

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sines: { type: 'string' },
      stocks: { type: 'string' },
      vowels: { type: 'string' },
      steps: { type: 'string', default: '3000' },
      seeds: { type: 'string', default: '3' },
      recurrent: { type: 'boolean', default: false },
      model: { type: 'string', default: 'boosting' },
      recipe: { type: 'string', default: '{}' },
      out: { type: 'string', default: 'out/series' },
    },
  });
  const sources = {
    ...(values.sines ? { sines: () => sines(Number(values.sines)) } : {}),
    ...(values.stocks ? { stocks: () => stocks(values.stocks as string) } : {}),
    ...(values.vowels ? { vowels: () => vowels(values.vowels as string) } : {}),
  };
  await mkdir(values.out, { recursive: true });
  const names = Object.keys(columns);
  console.log(
    `| data | steps | ${names.join(' | ')} |\n|---|---|${names.map(() => '---|').join('')}`,
  );
  for (const [name, open] of Object.entries(sources)) {
    const batches = await open();
    const target = name === 'vowels' ? 'speaker' : undefined;
    const runs: Measured[] = [];
    for (let seed = 0; seed < Number(values.seeds); seed++) {
      runs.push(await measure(batches, seed, { ...values, target }));
    }
    const cells = Object.values(columns).map((cell) => {
      const all = runs.map((one) => cell(one) ?? Number.NaN);
      return all.every(Number.isFinite) ? show(all) : '';
    });
    console.log(`| ${name} | ${values.steps} | ${cells.join(' | ')} |`);
    const [first] = runs as [Measured];
    await writeFile(join(values.out, `${name}.html`), reportPage(first.found));
  }
}

async function measure(
  batches: readonly RecordBatch[],
  seed: number,
  {
    steps,
    recurrent,
    model: predictor,
    recipe,
    target,
  }: {
    readonly steps: string;
    readonly recurrent: boolean;
    /** What predicts the speaker: boosted trees take a minute, 'linear' seconds. */
    readonly model: string;
    readonly recipe: string;
    readonly target: string | undefined;
  },
): Promise<Measured> {
  const { schema } = batches[0] as RecordBatch;
  const random = createRandom('series');
  const splitting = splitHoldout(batches, 0.2, random);
  const { training, holdout } = await runCooperatively(splitting, new AbortController().signal);
  const before = process.cpuUsage();
  const model = await fitModel(schema, training, {
    steps: Number(steps),
    seed,
    thread: 'caller',
    recipe: { base: 'doppelganger', ...JSON.parse(recipe) },
  });
  const { user, system } = process.cpuUsage(before);
  const rows = training.reduce((sum, { numRows }) => sum + numRows, 0);
  const found = await evaluate([...training], sampleBatches(model, { rows, seed }), {
    ...{
      holdout: [...holdout],
      target,
      model: predictor as ModelName,
      seed,
      recurrent,
      trainings: 1,
    },
  });
  return { found, seconds: (user + system) / 1e6 };
}
