/**
 * Synthetic sequences beside real ones: TimeGAN's sines, stocks in windows of 24 days, and Japanese
 * vowels. Each data set is learned, as many sequences are made, and both are compared.
 */
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { show } from '../statistics.js';
import { type Series, seriesOf, sines, stocks, vowels } from './data.js';
import { discriminativeScore } from './discriminate.js';
import { autocorrelationDistance, correlationDistance, lengthDistance } from './measures.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sines: { type: 'string' },
      stocks: { type: 'string' },
      vowels: { type: 'string' },
      steps: { type: 'string', default: '3000' },
      seeds: { type: 'string', default: '3' },
      judgeSteps: { type: 'string', default: '2000' },
      recipe: { type: 'string', default: '{}' },
    },
  });
  const sources = {
    ...(values.sines ? { sines: () => sines(Number(values.sines)) } : {}),
    ...(values.stocks ? { stocks: () => stocks(values.stocks as string) } : {}),
    ...(values.vowels ? { 'Japanese vowels': () => vowels(values.vowels as string) } : {}),
  };
  console.log(
    '| data | sequences | steps | processor s | discriminative | autocorrelation | correlation | lengths |\n' +
      '|---|---|---|---|---|---|---|---|',
  );
  for (const [name, open] of Object.entries(sources)) {
    const batches = await open();
    const results: Measured[] = [];
    for (let seed = 0; seed < Number(values.seeds); seed++) {
      results.push(await measure(batches, seed, values));
    }
    const column = (key: keyof Measured) => {
      const measured = results.map((result) => result[key]);
      return measured.every(Number.isFinite) ? show(measured) : '';
    };
    const [first] = results as [Measured];
    console.log(
      `| ${name} | ${first.sequences} | ${values.steps} | ${column('seconds')} | ` +
        `${column('discriminative')} | ${column('autocorrelation')} | ${column('correlation')} | ` +
        `${column('lengths')} |`,
    );
  }
}

interface Measured {
  readonly sequences: number;
  readonly seconds: number;
  /** NaN where sequences are of unlike length. */
  readonly discriminative: number;
  readonly autocorrelation: number;
  readonly correlation: number;
  readonly lengths: number;
}

async function measure(
  batches: readonly RecordBatch[],
  seed: number,
  { steps, judgeSteps, recipe }: { steps: string; judgeSteps: string; recipe: string },
): Promise<Measured> {
  const { schema } = batches[0] as RecordBatch;
  const before = process.cpuUsage();
  const model = await fitModel(schema, batches, {
    steps: Number(steps),
    seed,
    thread: 'caller',
    recipe: { base: 'doppelganger', ...JSON.parse(recipe) },
  });
  const { user, system } = process.cpuUsage(before);
  const real = seriesOf(batches);
  const made: RecordBatch[] = [];
  for await (const batch of sampleBatches(model, { rows: real.length, seed })) made.push(batch);
  const synthetic = seriesOf(made);
  const features = real[0]?.length ?? 0;
  const options = {
    hidden: Math.max(Math.floor(features / 2), 1),
    steps: Number(judgeSteps),
    seed,
  };
  return {
    sequences: real.length,
    seconds: (user + system) / 1e6,
    discriminative: isOfOneLength(real)
      ? await discriminativeScore(real, synthetic, options)
      : Number.NaN,
    autocorrelation: autocorrelationDistance(real, synthetic, isOfOneLength(real) ? 10 : 5),
    correlation: correlationDistance(real, synthetic),
    lengths: lengthDistance(real, synthetic),
  };
}

function isOfOneLength(series: Series): boolean {
  return series.every(([first]) => first?.length === series[0]?.[0]?.length);
}
