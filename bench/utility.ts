/**
 * What are synthetic rows good for? `npm run bench -- utility [--data FILE --target COLUMN]`
 *
 * For each seed: the table is split 70/30, a GAN and each comparator are fitted to the 70 %, as many
 * rows are made by each, and a model of the target is trained on real rows, on synthetic rows and on
 * both, and tested on the 30 %. Without arguments: the species of the penguins.
 */
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { drawIndices } from '../src/columns/select.js';
import { concatenateBatches, gatherRuns } from '../src/data/batches/interleave.js';
import { readBatches } from '../src/data/open.js';
import { type ModelName, modelNames } from '../src/evaluate/models/trainers.js';
import { type Arm, type Lift, measureLift } from '../src/evaluate/utility/measure-lift.js';
import type { Measure } from '../src/evaluate/utility/score.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { fitBootstrap } from '../src/makers/bootstrap.js';
import { fitGaussianCopula } from '../src/makers/copula/fit.js';
import { fitSmote } from '../src/makers/smote.js';
import { createRandom } from '../src/random.js';
import { show } from './statistics.js';

type Make = (train: RecordBatch, seed: number) => RecordBatch | Promise<RecordBatch>;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'fixtures/penguins.parquet' },
      target: { type: 'string', default: 'species' },
      model: { type: 'string', default: 'boosting' },
      seeds: { type: 'string', default: '5' },
      // Seeds 1 to 5 chose the default number of steps; the reported ones are others.
      first: { type: 'string', default: '6' },
      steps: { type: 'string' },
    },
  });
  const model = modelNames.find((name) => name === values.model) ?? 'boosting';
  const steps = values.steps === undefined ? undefined : Number(values.steps);
  const { target } = values;
  const makers: Readonly<Record<string, Make>> = {
    'this package': async (train, seed) => {
      const gan = await fitModel(train.schema, [train], { seed, steps, target });
      return collect(sampleBatches(gan, { rows: train.numRows, seed }));
    },
    'SMOTE-NC': (train, seed) => fitSmote(train).sample(train.numRows, seed),
    'Gaussian copula': (train, seed) => fitGaussianCopula(train).sample(train.numRows, seed),
    bootstrap: (train, seed) => fitBootstrap(train).sample(train.numRows, seed),
  };
  const table = await collect(readBatches([values.data]));
  const lifts = new Map<string, Lift[]>(Object.keys(makers).map((name) => [name, []]));
  const first = Number(values.first);
  for (let seed = first; seed < first + Number(values.seeds); seed++) {
    const { train, test } = splitRows(table, seed);
    for (const [name, make] of Object.entries(makers)) {
      const lift = await measureOne(train, await make(train, seed), test, target, model, seed);
      lifts.get(name)?.push(lift);
      console.error(
        `seed ${seed}, ${name}: ${lift.measure} ${JSON.stringify(lift.lift[lift.measure])}`,
      );
    }
  }
  print(lifts, values.seeds);
}

function measureOne(
  real: RecordBatch,
  synthetic: RecordBatch,
  holdout: RecordBatch,
  target: string,
  model: ModelName,
  seed: number,
): Promise<Lift> {
  return measureLift({ real, synthetic, holdout, target, model, seeds: [seed] });
}

function print(lifts: ReadonlyMap<string, readonly Lift[]>, seeds: string): void {
  const [one] = [...lifts.values()].flat();
  if (!one) return;
  const measures = (Object.keys(one.trainedOn.real) as Measure[]).filter((name) =>
    ['macroF1', 'accuracy', 'averagePrecision', 'r2', 'meanAbsoluteError'].includes(name),
  );
  const row = (name: string, all: readonly Lift[], arm: Arm) =>
    `| ${name} | ${measures
      .map((measure) => show(all.map((own) => own.trainedOn[arm][measure]?.mean ?? Number.NaN)))
      .join(' | ')} |`;
  console.log(`predicting ${one.target} by ${one.model}, ${seeds} seeds, mean ± sd\n`);
  console.log(
    `| trained on | ${measures.join(' | ')} |\n|---|${measures.map(() => '---|').join('')}`,
  );
  console.log(row('real rows', [...lifts.values()][0] ?? [], 'real'));
  for (const [name, all] of lifts) {
    console.log(row(`${name}, alone`, all, 'synthetic'));
    console.log(row(`real rows and ${name}`, all, 'augmented'));
  }
}

async function collect(source: AsyncIterable<RecordBatch>): Promise<RecordBatch> {
  const batches: RecordBatch[] = [];
  for await (const batch of source) batches.push(batch);
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}

/** 70 % of the rows to train on, the rest to test. */
function splitRows(table: RecordBatch, seed: number) {
  const order = drawIndices(table.numRows, table.numRows, createRandom(seed).fork('split'));
  const cut = Math.round(0.7 * table.numRows);
  const take = (rows: Int32Array) =>
    gatherRuns(
      table.schema,
      [table],
      Array.from(rows.sort(), (start) => ({ source: 0, start, length: 1 })),
    );
  return { train: take(order.slice(0, cut)), test: take(order.slice(cut)) };
}
