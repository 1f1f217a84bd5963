/**
 * How many of a thousand modes does a DCGAN find, with and without packing? Stacked MNIST (Srivastava
 * et al. 2017): three digits as the colours of an image, and so 1,000 numbers, which a classifier of
 * digits reads again; how far their shares are from even is the Kullback-Leibler divergence.
 *
 * A small setting: a quarter of the widths, and few steps. Papers train until the GAN is good.
 */
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { Schema } from 'apache-arrow';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { makeBatch } from '../src/data/batches/batch.js';
import { makeTensorColumn } from '../src/data/tensor/make.js';
import { readTensors } from '../src/data/tensor/read.js';
import { tensorField } from '../src/data/tensor/type.js';
import {
  type ImageClassifier,
  type LabelledImages,
  trainClassifier,
} from '../src/evaluate/image/classifier.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { createRandom } from '../src/random.js';
import { gather, readDigits } from './mnist/digits.js';
import { show } from './statistics.js';

const size = 28 * 28;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      packs: { type: 'string', default: '1,2' },
      steps: { type: 'string', default: '1500' },
      scale: { type: 'string', default: '0.25' },
      images: { type: 'string', default: '25600' },
      seeds: { type: 'string', default: '3' },
    },
  });
  const [steps, scale, count, seeds] = [
    values.steps,
    values.scale,
    values.images,
    values.seeds,
  ].map(Number) as [number, number, number, number];
  const digits = await gather(readDigits('train'));
  const reader = await trainClassifier(digits, 10, { seed: 1, steps: 2000 });
  const packs = values.packs.split(',').map(Number);
  const found: Record<string, Counted[]> = {};
  for (let seed = 1; seed <= seeds; seed++) {
    const stacked = stackDigits(digits, count, seed);
    const note = (name: string, counted: Counted) => {
      found[name] = [...(found[name] ?? []), counted];
      console.error(JSON.stringify({ name, seed, ...counted }));
    };
    note('real images', await countNumbers([stacked], reader));
    for (const pack of packs) {
      const recipe = { base: 'dcgan', scale, pack } as const;
      const model = await fitModel(stacked.schema, [stacked], { recipe, steps, seed });
      const made = sampleBatches(model, { rows: count, seed });
      note(pack === 1 ? 'alone' : `packed by ${pack}`, await countNumbers(made, reader));
    }
  }
  await reader.dispose();
  console.log(
    `${steps} steps, widths × ${scale}, ${count} images to learn from and made, ${seeds} seeds, mean ± sd\n`,
  );
  console.log('| DCGAN | modes of 1,000 | Kullback-Leibler divergence |\n|---|---|---|');
  for (const [name, each] of Object.entries(found)) {
    const modes = show(
      each.map((counted) => counted.modes),
      0,
    );
    console.log(
      `| ${name} | ${modes} | ${show(
        each.map((counted) => counted.divergence),
        2,
      )} |`,
    );
  }
}

/** Numbers that are there, and how far their shares are from even. */
interface Counted {
  readonly modes: number;
  readonly divergence: number;
}

/** Images of three digits each, drawn evenly. */
function stackDigits({ pixels, labels }: LabelledImages, count: number, seed: number): RecordBatch {
  const random = createRandom(seed).fork('stack');
  const values = new Uint8Array(count * size * 3);
  for (let image = 0; image < count; image++) {
    for (let channel = 0; channel < 3; channel++) {
      const from = random.integer(labels.length) * size;
      for (let k = 0; k < size; k++) {
        const level = ((pixels[from + k] as number) + 1) * 127.5;
        values[(image * size + k) * 3 + channel] = Math.round(level);
      }
    }
  }
  const field = tensorField('image', { element: 'uint8', shape: [28, 28, 3] });
  return makeBatch(new Schema([field]) as never, [makeTensorColumn(field, values)] as never, count);
}

/** Counts which of the numbers 0 to 999 images show. */
async function countNumbers(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  reader: ImageClassifier,
): Promise<Counted> {
  const counts = new Float64Array(1000);
  for await (const batch of batches) {
    const { values } = readTensors(batch, 'image');
    const channels = [0, 1, 2].map((channel) =>
      Float32Array.from(
        { length: batch.numRows * size },
        (_, k) => Number(values[3 * k + channel]) / 127.5 - 1,
      ),
    );
    const read: Int32Array[] = [];
    for (const pixels of channels) read.push(await reader.classify(pixels));
    for (let image = 0; image < batch.numRows; image++) {
      const number = read.reduce((sum, digit) => 10 * sum + (digit[image] as number), 0);
      counts[number] = (counts[number] as number) + 1;
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.filter((count) => count > 0).map((count) => count / total);
  const divergence = shares.reduce((sum, share) => sum + share * Math.log(share * 1000), 0);
  return { modes: shares.length, divergence };
}
