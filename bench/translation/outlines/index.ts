import { mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { translateBatches } from '../../../src/augment/translate-batches.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import type { Model } from '../../../src/gan/model/model.js';
import { fetchIcons } from '../icons.js';
import { compareWithTruth, copyOutlines, nearestColors } from './compare.js';
import { type Emoji, emojiBatch, readEmoji, splitEmoji } from './emoji.js';
import { drawGallery } from './gallery.js';

const usage =
  'usage: npm run bench -- translation outlines FOLDER [--fetch] [--filters 16] [--steps 8000] [--seed 1] ' +
  '[--model DIRECTORY] [--out out/outlines]';

/**
 * Colours outlines of emoji by pix2pix, and holds what it makes of held-out ones against the truth.
 * FOLDER holds the packages of emoji; --fetch installs them there first. With --model a trained one is
 * looked at.
 */
export async function runOutlines(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      fetch: { type: 'boolean', default: false },
      filters: { type: 'string', default: '16' },
      steps: { type: 'string', default: '8000' },
      seed: { type: 'string', default: '1' },
      model: { type: 'string' },
      out: { type: 'string', default: 'out/outlines' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error(usage);
  if (values.fetch) await fetchIcons(folder);
  const { train, test } = splitEmoji(await readEmoji(folder), Number(values.seed));
  console.log(`${train.names.length} pairs to learn from, ${test.names.length} to test on`);
  console.log(cpus()[0]?.model);
  const model = values.model ? await loadModel(values.model) : await trainOn(train, values);
  const made = await translate(model, test);
  show('the outline itself', compareWithTruth(copyOutlines(test), test));
  show('colours of the nearest outline', compareWithTruth(nearestColors(test, train), test));
  show('pix2pix', compareWithTruth(made, test));
  await mkdir(values.out, { recursive: true });
  await drawGallery(join(values.out, 'emoji.png'), test, made);
}

async function trainOn(
  emoji: Emoji,
  { filters, steps, seed, out }: Record<'filters' | 'steps' | 'seed' | 'out', string>,
): Promise<Model> {
  const batch = emojiBatch(emoji);
  const features = Number(filters);
  const start = performance.now();
  const model = await fitModel(batch.schema, [batch], {
    recipe: { base: 'pix2pix', filters: features, criticFilters: features },
    translate: { from: 'outline', to: 'color' },
    steps: Number(steps),
    patience: false,
    seed: Number(seed),
    pictures: join(out, 'pictures'),
  });
  console.log(`trained ${steps} steps in ${((performance.now() - start) / 60_000).toFixed(1)} min`);
  await saveModel(model, join(out, 'model'));
  return model;
}

/** What a model makes of outlines, and how long one takes. */
async function translate(model: Model, test: Emoji): Promise<Uint8Array> {
  const made: Uint8Array[] = [];
  const start = performance.now();
  for await (const batch of translateBatches(model, [emojiBatch(test)])) {
    const images = readTensors(batch, 'color');
    for (let row = 0; row < images.rows; row++) made.push(images.at(row) as Uint8Array);
  }
  const each = (performance.now() - start) / test.names.length;
  console.log(`${each.toFixed(1)} ms an image to make`);
  return Uint8Array.from(Buffer.concat(made));
}

function show(name: string, { l1, psnr, ssim }: ReturnType<typeof compareWithTruth>): void {
  const figures = `PSNR ${psnr?.toFixed(2)} dB, L1 ${l1.toFixed(4)}, SSIM ${ssim.toFixed(3)}`;
  console.log(`${name.padEnd(32)} ${figures}`);
}
