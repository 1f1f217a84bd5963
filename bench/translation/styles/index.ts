import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { translateBatches } from '../../../src/augment/translate-batches.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { evaluateTranslation } from '../../../src/evaluate/translation/evaluate-translation.js';
import { meanSimilarity } from '../../../src/evaluate/translation/similarity.js';
import type { FitOptions } from '../../../src/gan/fit/options.js';
import type { Model } from '../../../src/gan/model/model.js';
import { trainOrGoOn } from '../go-on.js';
import { fetchIcons } from '../icons.js';
import { measureDomainLift } from './lift.js';
import { readStyles, type StyledEmoji, size, stylesBatch } from './read.js';

const usage =
  'usage: npm run bench -- translation styles FOLDER [--fetch] [--recipe cut|cyclegan] [--filters 16] ' +
  '[--steps 3000] [--seconds N] [--lift] [--seed 1] [--out out/styles]';

/**
 * Fluent's emoji in Noto's style, learned from emoji that each have one style only: how near the hidden
 * truth of held-out ones is come to, next to doing nothing; with --lift also what a classifier of Noto's
 * emoji gains that has labels of Fluent's alone. A checkpoint in the output folder is gone on from.
 */
export async function runStyles(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      fetch: { type: 'boolean', default: false },
      recipe: { type: 'string', default: 'cut' },
      filters: { type: 'string', default: '16' },
      steps: { type: 'string', default: '3000' },
      seconds: { type: 'string' },
      lift: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'out/styles' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error(usage);
  if (values.fetch) await fetchIcons(folder);
  const recipe = values.recipe === 'cyclegan' ? 'cyclegan' : 'cut';
  const seed = Number(values.seed);
  const styles = await readStyles(folder, seed);
  const { source, target, test } = styles;
  console.log(cpus()[0]?.model);
  console.log(
    `${source.names.length} emoji in Fluent's style and ${target.names.length} others in Noto's to learn ` +
      `from, ${test.source.names.length} held out`,
  );
  await mkdir(values.out, { recursive: true });
  const filters = Number(values.filters);
  const options: FitOptions = {
    recipe: { base: recipe, filters, criticFilters: filters, patch: 16 },
    translate: { column: 'image', domain: 'style', to: 'noto', from: 'fluent' },
    steps: Number(values.steps),
    seed,
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
  };
  const batches = [stylesBatch(source), stylesBatch(target)];
  const model = await trainOrGoOn(batches, options, { name: recipe, out: values.out });
  const made = await translate(model, test.source);
  show('doing nothing', test.source.images, test.target.images);
  show(recipe, made, test.target.images);
  const held = [stylesBatch(test.source), stylesBatch(test.target)];
  const { domains, examples } = await evaluateTranslation(model, held);
  console.log(JSON.stringify(domains, null, 2));
  const png = Buffer.from(examples?.split(',')[1] ?? '', 'base64');
  await writeFile(join(values.out, `${recipe}.png`), png);
  if (values.lift) await measureDomainLift(styles, await translate(model, source));
}

/** What a model makes of Fluent's emoji. */
async function translate(model: Model, emoji: StyledEmoji): Promise<Uint8Array> {
  const made: Uint8Array[] = [];
  const rows: RecordBatch[] = [stylesBatch(emoji)];
  for await (const batch of translateBatches(model, rows)) {
    const images = readTensors(batch, 'image');
    for (let row = 0; row < images.rows; row++) made.push(images.at(row) as Uint8Array);
  }
  return Uint8Array.from(Buffer.concat(made));
}

function show(name: string, made: Uint8Array, truth: Uint8Array): void {
  const shape = { height: size.side, width: size.side, channels: size.channels };
  const { l1, psnr, ssim } = meanSimilarity(made, truth, shape, 255);
  const figures = `L1 ${l1.toFixed(4)}, PSNR ${psnr?.toFixed(2)} dB, SSIM ${ssim.toFixed(3)}`;
  console.log(`${name.padEnd(32)} ${figures}`);
}
