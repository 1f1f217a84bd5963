/**
 * Does an attack on models that promise privacy stay within what the promise allows?
 * `npm run bench -- canaries [--models 60] [--trials 400] [--epsilon 1]`
 *
 * **Finished models.** Tables of 400 rows with and without a canary, a row of a level that no other row
 * has. The attacker knows all other rows, reads `model.json` and draws rows, and says whether the canary
 * was there: by the count of its level, and by how many made rows are like it. A threshold is chosen on
 * one half of the models and tested on the other.
 *
 * **The training itself.** An attacker who sees the critic after every step, and knows all but the noise
 * and whether the one row of the table was there and sampled, adds up the exact log likelihood ratios of
 * what he sees (Nasr et al. 2021 call it the worst case). This shows whether noise, clip and accountant
 * belong together: with less noise than promised the AUC would be above the expected one.
 *
 * What an (ε, δ)-private model allows: an advantage (true less false positives) of at most
 * (e^ε − 1 + 2δ) / (e^ε + 1), and a lower bound of ε by the attack's rates (Clopper and Pearson, 95 %)
 * of at most ε.
 */
import { parseArgs } from 'node:util';
import type { Tensor } from '@tensorflow/tfjs-core';
import { Field, Float64, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { compile } from '../src/compute/compile.js';
import type { Feed } from '../src/compute/program.js';
import { type HostTensors, mapEntries, sizeOf } from '../src/compute/tensor.js';
import { makeBatch } from '../src/data/batches/batch.js';
import { layoutOf } from '../src/encode/table-layout.js';
import { privateTabular } from '../src/gan/families/tabular/ctgan/private/recipe.js';
import { privateTraining } from '../src/gan/families/tabular/ctgan/private/training.js';
import { fitModel } from '../src/gan/fit/fit.js';
import type { FitOptions } from '../src/gan/fit/options.js';
import type { Model } from '../src/gan/model/model.js';
import type { Training } from '../src/gan/training/training.js';
import { scope, unscope } from '../src/nn/scope.js';
import { fillNoise } from '../src/nn/step-inputs.js';
import { type PrivacyBudget, planBudget } from '../src/privacy/budget.js';
import { createSecretRandom } from '../src/privacy/secret-random.js';
import { createRandom } from '../src/random.js';
import { clopperPearson, type Rate } from './support/clopper-pearson.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      models: { type: 'string', default: '60' },
      trials: { type: 'string', default: '400' },
      epsilon: { type: 'string', default: '1' },
    },
  });
  const epsilon = Number(values.epsilon);
  await attackModels(Number(values.models), epsilon);
  // A weak promise too: an attack that finds nothing there could not find anything.
  for (const own of [epsilon, 10 * epsilon]) {
    for (const rate of [1, 0.3]) await attackTraining(Number(values.trials), own, rate);
  }
}

const header = [
  '| attacked | models | AUC | expected | advantage | allowed | ε at least, by the attack | ε |',
  '|---|---|---|---|---|---|---|---|',
].join('\n');

/** Scores of models or trainings with and without the canary. */
interface Scores {
  readonly present: number[];
  readonly absent: number[];
}

function report(
  name: string,
  { present, absent }: Scores,
  epsilon?: number,
  delta = 0,
  expected?: number,
): void {
  const { advantage, least } = attack({ present, absent }, delta);
  const allowed =
    epsilon === undefined
      ? '–'
      : ((Math.exp(epsilon) - 1 + 2 * delta) / (Math.exp(epsilon) + 1)).toFixed(3);
  const cells = [
    name,
    `2 × ${present.length}`,
    areaOf(present, absent).toFixed(3),
    expected?.toFixed(3) ?? '–',
    advantage.toFixed(3),
    allowed,
    least.toFixed(2),
    epsilon ?? '–',
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** The probability that a model with the canary scores higher than one without. */
function areaOf(present: readonly number[], absent: readonly number[]): number {
  const wins = present.map((own) =>
    absent.reduce((sum, other) => sum + Number(own > other) + 0.5 * Number(own === other), 0),
  );
  return wins.reduce((sum, each) => sum + each, 0) / present.length / absent.length;
}

/** Takes the thresholds that serve best on every other model, and tests them on the rest. */
function attack({ present, absent }: Scores, delta: number): { advantage: number; least: number } {
  const half = (scores: readonly number[], part: number) => scores.filter((_, k) => k % 2 === part);
  const rates = (part: number, threshold: number) =>
    [present, absent].map((scores) => {
      const own = half(scores, part);
      return { hits: own.filter((score) => score > threshold).length, of: own.length };
    }) as [Rate, Rate];
  const thresholds = [...half(present, 0), ...half(absent, 0)];
  const quality = (threshold: number) => {
    const [yes, no] = rates(0, threshold);
    return Math.max(...bounds(yes, no, delta));
  };
  const advantageOf = ([yes, no]: [Rate, Rate]) => yes.hits / yes.of - no.hits / no.of;
  const best = (of: (threshold: number) => number) =>
    rates(
      1,
      thresholds.reduce((a, b) => (of(b) > of(a) ? b : a)),
    );
  const [yes, no] = best(quality);
  return {
    advantage: advantageOf(best((threshold) => advantageOf(rates(0, threshold)))),
    least: Math.max(0, ...bounds(yes, no, delta)),
  };
}

/** Lower bounds of ε: that the canary is found more often than is allowed, and that it is missed so. */
function bounds(yes: Rate, no: Rate, delta: number): number[] {
  const miss = ({ hits, of }: Rate): Rate => ({ hits: of - hits, of });
  return [
    [yes, no],
    [miss(no), miss(yes)],
  ].map(([often, seldom]) => {
    const [low] = clopperPearson(often as Rate);
    const [, high] = clopperPearson(seldom as Rate);
    return low > delta ? Math.log((low - delta) / high) : 0;
  });
}

const schema = new Schema([
  new Field('group', new Utf8(), false),
  new Field('amount', new Float64(), false),
  new Field('outcome', new Utf8(), false),
]);
const canary = { group: 'canary', amount: 100, outcome: 'yes' };
const rows = 400;

function tableOf(seed: number, isPresent: boolean): RecordBatch {
  const random = createRandom(seed);
  const cells = Array.from({ length: rows }, () => ({
    group: 'abcd'[random.integer(4)] as string,
    amount: 50 * random.uniform(),
    outcome: random.uniform() < 0.3 ? 'yes' : 'no',
  }));
  if (isPresent) cells.push(canary);
  const columns = schema.fields.map(({ name, type }) =>
    vectorFromArray(
      cells.map((cell) => cell[name as keyof typeof canary] as never),
      type,
    ),
  );
  return makeBatch(
    schema,
    columns.map(({ data }) => data[0] as never),
    cells.length,
  );
}

async function attackModels(models: number, epsilon: number): Promise<void> {
  const delta = 1e-5;
  const small = { generator: [32], latent: 16, batch: 100 } as const;
  const settings: [string, FitOptions, number?, number?][] = [
    [
      'tabular, privacy: false',
      { recipe: { base: 'tabular', ...small }, privacy: false, rules: false },
    ],
    ['tabular', { recipe: { base: 'tabular', ...small }, rules: false }],
    [
      `dp-tabular, ε ${epsilon}`,
      {
        recipe: { base: 'dp-tabular', ...small, sampleRate: 0.1 },
        columns: {
          group: { levels: ['a', 'b', 'c', 'd', 'canary'] },
          amount: { range: [0, 100] },
          outcome: { levels: ['yes', 'no'] },
        },
        privacy: { epsilon, delta },
      },
      epsilon,
      delta,
    ],
  ];
  console.log(header);
  for (const [name, options, promised, own] of settings) {
    const scores = { count: both(), rows: both() };
    for (let k = 0; k < models; k++) {
      for (const side of ['present', 'absent'] as const) {
        const batch = tableOf(k, side === 'present');
        const told = { ...options, seed: k, steps: 100, thread: 'caller' } as const;
        const model = await fitModel(schema, [batch], told);
        scores.count[side].push(countOf(model));
        scores.rows[side].push(await likeCanary(model));
      }
    }
    report(`${name}: count of its level`, scores.count, promised, own);
    report(`${name}: rows like it`, scores.rows, promised, own);
  }
}

const both = (): Scores => ({ present: [], absent: [] });

function countOf({ manifest }: Model): number {
  const { levels = [], counts = [] } = manifest.encoders[0] as {
    levels?: string[];
    counts?: number[];
  };
  return counts[levels.indexOf('canary')] ?? 0;
}

/** Made rows that are like the canary in two of three columns, at least. */
async function likeCanary(model: Model): Promise<number> {
  let like = 0;
  for await (const batch of sampleBatches(model, { rows: 2000 })) {
    for (const row of batch) {
      const alike =
        Number(row?.group === 'canary') + Number(row?.amount > 75) + Number(row?.outcome === 'yes');
      like += Number(alike >= 2);
    }
  }
  return like;
}

/** A recipe whose critic is small: the fewer weights, the less noise hides a row. */
const recipe = {
  ...privateTabular,
  latent: 4,
  generator: [4],
  critic: [4],
  batch: 8,
  // So small that every gradient is clipped: the worst case of the proof.
  clip: 0.01,
};
const steps = 20;
const spans = [{ kind: 'onehot', width: 3, role: 'mode', counts: [1, 1, 1] }] as const;

async function attackTraining(trials: number, epsilon: number, sampleRate: number): Promise<void> {
  const delta = 1e-5;
  const planned = {
    histograms: 1,
    openHistograms: 0,
    share: 0.01,
    pairs: 0,
    pairShare: 0.5,
    updates: steps,
  };
  const budget = planBudget({ epsilon, delta }, { ...planned, sampleRate });
  const open = (count: number) => {
    const table = { rows: count, layout: layoutOf([{ spans }]), values: [new Int32Array(count)] };
    return privateTraining(table, recipe, budget, 1, createSecretRandom(undefined, 'canaries'));
  };
  const program = await openStep(open(1));
  const scores = both();
  for (let trial = 0; trial < trials; trial++) {
    for (const side of ['present', 'absent'] as const) {
      const training = open(side === 'present' ? 1 : 0);
      scores[side].push(await likelihoodRatio(training, program, budget, trial));
    }
  }
  await program.dispose();
  const noise = budget.noiseMultiplier;
  const name = `${steps} updates, all seen, rate ${sampleRate}, noise ${noise.toFixed(2)}`;
  report(name, scores, epsilon, delta, expectedArea(sampleRate, noise));
}

/** The AUC of the best attack on such a training, by as many plain numbers: the row adds 1 where it is sampled. */
function expectedArea(rate: number, noise: number): number {
  const random = createRandom('expected');
  const ratio = (isPresent: boolean) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const shift = isPresent && random.uniform() < rate ? 1 : 0;
      const seen = shift + noise * random.normal();
      sum += Math.log(1 - rate + rate * Math.exp((seen - 0.5) / noise ** 2));
    }
    return sum;
  };
  const draw = (isPresent: boolean) => Array.from({ length: 4000 }, () => ratio(isPresent));
  return areaOf(draw(true), draw(false));
}

/** A step as a function of a state and of what it is fed. */
async function openStep({ step, inputs, state }: Training) {
  const first = state(createRandom('weights'));
  const program = await compile({
    state: {},
    inputs: {
      ...inputs,
      ...mapEntries(first, ({ shape }) => ({ shape, dtype: 'float32' as const })),
    },
    step: (_, given) => {
      const own = mapEntries(first, (__, name) => given[name] as Tensor);
      return { state: {}, outputs: unscope(step(own, given).state, 'next/') };
    },
  });
  return {
    first,
    async run(now: HostTensors, feed: Feed): Promise<HostTensors> {
      const outputs = await program.run({ ...feed, ...mapEntries(now, ({ values }) => values) });
      return mapEntries(scope(outputs, 'next/'), (tensor) => ({
        ...tensor,
        values: tensor.values.slice(),
      }));
    },
    dispose: () => program.dispose(),
  };
}

/** log P(what is seen | the row is there) / P(it | it is not), of the whole training. */
async function likelihoodRatio(
  training: Training,
  { first, run }: Awaited<ReturnType<typeof openStep>>,
  { noiseMultiplier, sampleRate }: PrivacyBudget,
  seed: number,
): Promise<number> {
  const noises = Object.keys(training.inputs).filter((name) => name.startsWith('noise/'));
  const sums = (state: HostTensors) =>
    noises.flatMap((name) => [...(state[name.replace('noise/', 'adam/first/')]?.values ?? [])]);
  const silent = mapEntries(training.inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  const random = createRandom(seed);
  const variance = (recipe.clip * noiseMultiplier) ** 2;
  let state = first;
  let ratio = 0;
  for (let step = 0; step < steps; step++) {
    const feed = mapEntries(training.inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
    fillNoise(training.inputs, feed, random.fork('noise', step));
    training.fillData(feed, random.fork('data', step), step, steps);
    const quiet = {
      ...feed,
      ...Object.fromEntries(noises.map((name) => [name, silent[name]])),
    } as Feed;
    const canaryRow = Float32Array.of(1, 0, 0);
    const withWeight = (weight: number) =>
      run(state, { ...quiet, real: canaryRow, rowWeights: Float32Array.of(weight) });
    const [seen, none, one] = [await run(state, feed), await withWeight(0), await withWeight(1)];
    const [x, without, shifted] = [sums(seen), sums(none), sums(one)];
    let [product, square] = [0, 0];
    for (const [k, base] of without.entries()) {
      const shift = (shifted[k] as number) - base;
      product += ((x[k] as number) - base) * shift;
      square += shift ** 2;
    }
    const log = (product - square / 2) / variance;
    ratio += Math.log(1 - sampleRate + sampleRate * Math.exp(log));
    state = seen;
  }
  return ratio;
}
