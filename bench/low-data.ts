/**
 * Do synthetic digits help a classifier that has few real ones? For 10, 20, 50 and 100 digits of each
 * class and five seeds: a small CNN that learns real ones alone, with classical augmentation (moved
 * and turned), with synthetic ones of a GAN that has learned the same few (30 % of what it sees), and
 * with both.
 *
 * A small setting: SNGAN at a quarter of its widths with DiffAugment.
 * With `--validate` the last digits of the training set judge in the place of the first of the test
 * set: to choose a GAN by.
 */
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { concatenateBatches, sliceBatch } from '../src/data/batches/interleave.js';
import {
  accuracy,
  type LabelledImages,
  trainClassifier,
} from '../src/evaluate/image/classifier.js';
import type { RecipeOption } from '../src/gan/families/recipe-option.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { createRandom } from '../src/random.js';
import { moveDigits } from './mnist/change.js';
import { cut, gather, joinImages, readDigits } from './mnist/digits.js';
import { meanAndDeviation } from './statistics.js';

const arms = ['real alone', 'classical', 'GAN', 'both'] as const;
interface Setting {
  readonly seed: number;
  /** Of each classifier. */
  readonly steps: number;
  readonly recipe: RecipeOption;
  readonly ganSteps: number;
}

type Accuracies = Record<(typeof arms)[number], number>;

const smallGan = { base: 'sngan', widthMultiplier: 0.25, augmentations: ['translation'] };

/** Share of synthetic digits. */
const ratio = 0.3;

/** Student's t for a 95 % interval, by degrees of freedom. */
const quantiles = [Number.NaN, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      counts: { type: 'string', default: '10,20,50,100' },
      seeds: { type: 'string', default: '5' },
      first: { type: 'string', default: '1' },
      steps: { type: 'string', default: '500' },
      gan: { type: 'string', default: JSON.stringify(smallGan) },
      'gan-steps': { type: 'string', default: '4000' },
      test: { type: 'string', default: '5000' },
      validate: { type: 'boolean', default: false },
    },
  });
  const [seeds, first, steps, ganSteps, tested] = (
    ['seeds', 'first', 'steps', 'gan-steps', 'test'] as const
  ).map((name) => Number(values[name])) as [number, number, number, number, number];
  const recipe = JSON.parse(values.gan) as RecipeOption;
  const batches: RecordBatch[] = [];
  for await (const batch of readDigits('train')) batches.push(batch);
  const all = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  const learned = all.numRows - (values.validate ? tested : 0);
  const test = values.validate
    ? await gather([sliceBatch(all, learned, all.numRows)])
    : cut(await gather(readDigits('t10k')), 0, tested);
  console.log(
    `a CNN of ${steps} steps on ${tested} ${values.validate ? 'held-out' : 'test'} digits, a GAN of ${ganSteps} steps, ${seeds} seeds: ` +
      'accuracy in %, mean ± half of its 95 % interval\n',
  );
  console.log(
    `| digits a class | ${arms.join(' | ')} | gained by the GAN | beside classical |\n` +
      '|---|---|---|---|---|---|---|',
  );
  for (const count of values.counts.split(',').map(Number)) {
    const results: Accuracies[] = [];
    for (let seed = first; seed < first + seeds; seed++) {
      const few = drawFew(sliceBatch(all, 0, learned), count, seed);
      results.push(await measure(few, test, { seed, steps, recipe, ganSteps }));
      console.error(JSON.stringify({ count, seed, ...results.at(-1) }));
    }
    const cells = arms.map((arm) => interval(results.map((result) => 100 * result[arm])));
    // Of one seed all arms see the same digits: their differences are spread less than they are.
    const gains = [
      interval(results.map((result) => 100 * (result.GAN - result['real alone']))),
      interval(results.map((result) => 100 * (result.both - result.classical))),
    ];
    console.log(`| ${count} | ${[...cells, ...gains].join(' | ')} |`);
  }
}

async function measure(
  few: RecordBatch,
  test: LabelledImages,
  { seed, steps, recipe, ganSteps }: Setting,
): Promise<Accuracies> {
  const model = await fitModel(few.schema, [few], {
    ...{ seed, recipe, steps: ganSteps, target: 'label' },
    thread: 'caller',
  });
  const real = await gather([few]);
  const rows = Math.round((1000 * ratio) / (1 - ratio));
  const synthetic = await gather(sampleBatches(model, { rows, seed }));
  // All real digits are there, each as often as any other.
  const mixed = joinImages([synthetic, ...repeated(real, 1000 / real.labels.length)]);
  const judge = async (images: LabelledImages, isMoved: boolean) => {
    const change = isMoved ? moveDigits(createRandom(seed).fork('move')) : undefined;
    const pupil = await trainClassifier(images, 10, { seed, steps, change });
    const share = accuracy(await pupil.classify(test.pixels), test.labels);
    await pupil.dispose();
    return share;
  };
  return {
    'real alone': await judge(real, false),
    classical: await judge(real, true),
    GAN: await judge(mixed, false),
    both: await judge(mixed, true),
  };
}

/** So many rows of each digit, in a random order. */
function drawFew(all: RecordBatch, count: number, seed: number): RecordBatch {
  const random = createRandom(seed).fork('few');
  const left = new Map(Array.from({ length: 10 }, (_, label) => [label, count]));
  const labels = all.getChild('label');
  const rows: RecordBatch[] = [];
  while (rows.length < 10 * count) {
    const row = random.integer(all.numRows);
    const label = Number(labels?.get(row));
    if (!left.get(label)) continue;
    left.set(label, (left.get(label) as number) - 1);
    rows.push(sliceBatch(all, row, row + 1));
  }
  return concatenateBatches(all.schema, rows);
}

const repeated = (images: LabelledImages, times: number) =>
  Array.from({ length: Math.max(Math.round(times), 1) }, () => images);

function interval(values: readonly number[]): string {
  const { mean, deviation } = meanAndDeviation(values);
  const half = (deviation * (quantiles[values.length - 1] ?? 1.96)) / Math.sqrt(values.length);
  return `${mean.toFixed(1)} ± ${half.toFixed(1)}`;
}
