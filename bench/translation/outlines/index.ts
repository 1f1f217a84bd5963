import { mkdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { translateBatches } from '../../../src/augment/translate-batches.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import type { FitOptions } from '../../../src/gan/fit/options.js';
import type { Model } from '../../../src/gan/model/model.js';
import { trainOrGoOn } from '../go-on.js';
import { fetchIcons } from '../icons.js';
import { compareWithTruth, copyOutlines, nearestColors } from './compare.js';
import { type Emoji, emojiBatch, readEmoji, splitEmoji } from './emoji.js';
import { drawGallery } from './gallery.js';
import { fetchOpenMoji, readOpenMoji } from './openmoji.js';

const usage =
  'usage: npm run bench -- translation outlines FOLDER [--fetch] [--set fluent|openmoji] [--filters 16] ' +
  '[--steps 8000] [--seconds N] [--seed 1] [--out out/outlines]';

/**
 * Colours outlines of emoji by pix2pix, and holds what it makes of held-out ones against the truth.
 * FOLDER holds the packages of emoji; --fetch installs them there first. A checkpoint in the output
 * folder is gone on from.
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
      set: { type: 'string', default: 'fluent' },
      seconds: { type: 'string' },
      out: { type: 'string', default: 'out/outlines' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error(usage);
  const isOpenMoji = values.set === 'openmoji';
  if (values.fetch) await (isOpenMoji ? fetchOpenMoji(folder) : fetchIcons(folder));
  const all = await (isOpenMoji ? readOpenMoji(folder) : readEmoji(folder));
  const { train, test } = splitEmoji(all, Number(values.seed));
  console.log(`${train.names.length} pairs to learn from, ${test.names.length} to test on`);
  console.log(cpus()[0]?.model);
  show('the outline itself', compareWithTruth(copyOutlines(test), test));
  show('colours of the nearest outline', compareWithTruth(nearestColors(test, train), test));
  await mkdir(values.out, { recursive: true });
  const filters = Number(values.filters);
  const options: FitOptions = {
    recipe: { base: 'pix2pix', filters, criticFilters: filters },
    translate: { from: 'outline', to: 'color' },
    steps: Number(values.steps),
    seed: Number(values.seed),
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
  };
  const model = await trainOrGoOn([emojiBatch(train)], options, {
    name: values.set,
    out: values.out,
  });
  const made = await translate(model, test);
  show('pix2pix', compareWithTruth(made, test));
  await drawGallery(join(values.out, `${values.set}.png`), test, made);
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
