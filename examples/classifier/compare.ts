import * as tf from '@tensorflow/tfjs';
import {
  augmentBatches,
  type BatchSource,
  type FitStreamOptions,
  fitStream,
  fitTensorTransform,
  type TargetOptions,
  type TensorSummary,
  type TensorTransform,
  tensorBatches,
} from 'gan-augment';
import { toDataset } from './dataset.js';

/** How a classifier is trained with and without synthetic rows. */
export interface Comparison {
  /** Rows to train on, which can be read again. */
  readonly train: BatchSource;
  /** Real rows that nothing is learned from. */
  readonly heldOut: BatchSource;
  readonly target: TargetOptions;
  /** Makes a classifier; the last layer has a unit for each class. */
  readonly create: (transform: TensorTransform, seed: number) => tf.LayersModel;
  readonly fit: FitStreamOptions;
  /** Share of an epoch's rows that is synthetic. */
  readonly ratio: number;
  readonly epochs: number;
  readonly seed: number;
}

/** Share of held-out rows whose class is told right. */
export interface Compared {
  readonly real: number;
  readonly augmented: number;
  /** What the classifier with synthetic rows was trained on, in its last epoch. */
  readonly trainedOn: TensorSummary | undefined;
}

const mark = 'is_synthetic';
const batch = 32;
const shuffle = 2000;

/**
 * Trains the same classifier on real rows, and on as many real rows with synthetic ones among them, of
 * which each epoch has its own. Both take the same number of steps.
 */
export async function compareClassifiers(comparison: Comparison): Promise<Compared> {
  const { train, target, fit, ratio, epochs, seed } = comparison;
  const unknownTargets = 'drop';
  const transform = await fitTensorTransform(train, { target });
  const model = await fitStream(train, { ...fit, target: target.column, seed });
  let trainedOn: TensorSummary | undefined;
  const realRows = (epoch: number) =>
    tensorBatches(train, { transform, batch, shuffle, seed: epoch, unknownTargets });
  const mixedRows = (epoch: number) =>
    tensorBatches(augmentBatches(train, { ratio, model, seed: `${seed} ${epoch}`, mark }), {
      ...{ transform, mark, batch, shuffle, seed: epoch, unknownTargets },
      onEnd: (summary) => {
        trainedOn = summary;
      },
    });
  return {
    // An epoch of real rows alone is shorter: as many more of them make as many steps.
    real: await accuracyOf(comparison, transform, realRows, Math.round(epochs / (1 - ratio))),
    augmented: await accuracyOf(comparison, transform, mixedRows, epochs),
    trainedOn,
  };
}

async function accuracyOf(
  { heldOut, create, seed }: Comparison,
  transform: TensorTransform,
  rowsOf: (epoch: number) => ReturnType<typeof tensorBatches>,
  epochs: number,
): Promise<number> {
  const classifier = create(transform, seed);
  const loss = 'categoricalCrossentropy';
  classifier.compile({ optimizer: tf.train.adam(0.003), loss, metrics: ['accuracy'] });
  let epoch = 0;
  await classifier.fitDataset(
    toDataset(() => rowsOf(epoch++)),
    { epochs, verbose: 0 },
  );
  const real = { transform, batch: 256, synthetic: 'refuse', unknownTargets: 'drop' } as const;
  const [, accuracy] = (await classifier.evaluateDataset(
    toDataset(() => tensorBatches(heldOut, real)),
    {},
  )) as tf.Scalar[];
  const share = accuracy?.dataSync()[0] as number;
  classifier.dispose();
  return share;
}

/** The mean of some shares in percent, and their standard deviation. */
export function describeShares(shares: readonly number[]): string {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const squares = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, shares.length - 1));
  return `${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)}`;
}

/** Compares for several seeds, and says what came of it as a table. */
export async function compareSeeds(
  seeds: number,
  comparisonOf: (seed: number) => Promise<Comparison>,
): Promise<Compared[]> {
  const all: Compared[] = [];
  console.log('| seed | real rows | with synthetic rows |\n|---|---|---|');
  for (let seed = 1; seed <= seeds; seed++) {
    const compared = await compareClassifiers(await comparisonOf(seed));
    all.push(compared);
    console.log(`| ${seed} | ${percent(compared.real)} | ${percent(compared.augmented)} |`);
  }
  const [real, augmented] = (['real', 'augmented'] as const).map((arm) =>
    describeShares(all.map((each) => each[arm])),
  );
  console.log(`| mean ± standard deviation | ${real} | ${augmented} |`);
  return all;
}

const percent = (share: number) => (100 * share).toFixed(1);
