import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateTranslation } from '../../../src/evaluate/translation/evaluate-translation.js';
import type { Model } from '../../../src/gan/model/model.js';
import { arms, fitMakers, makeOf, slicesOfArm } from './arms.js';
import { drawHeads } from './gallery.js';
import { judgeSegmenter, trainSegmenter } from './segmenter.js';
import { readSlices, type Slices, slicesBatch } from './slices.js';
import { fetchHeads, otherHead, templateHead, tissues } from './volumes.js';

const usage =
  'usage: npm run bench -- translation heads FOLDER [--fetch] [--steps 450] [--segmenter-steps 200] ' +
  '[--seeds 3] [--most 1000] [--out out/heads]';

/** Dice of each tissue by arm and seed. */
type Scores = Record<string, Record<string, readonly (number | null)[]>>;

/**
 * Slices of a head from its labels: how near each maker comes to another head, and what a small U-Net
 * that is trained on what they make of deformed labels tells of that head's tissues. What lies in the
 * output folder is gone on from; --most says how many segmenters are trained at most.
 */
export async function runHeads(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      fetch: { type: 'boolean', default: false },
      steps: { type: 'string', default: '450' },
      'segmenter-steps': { type: 'string', default: '200' },
      seeds: { type: 'string', default: '3' },
      most: { type: 'string', default: '1000' },
      out: { type: 'string', default: 'out/heads' },
    },
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error(usage);
  if (values.fetch) await fetchHeads(folder);
  await mkdir(values.out, { recursive: true });
  console.log(cpus()[0]?.model);
  const real = await readSlices(await templateHead(folder));
  const other = await readSlices(await otherHead(folder));
  console.log(`${real.count} slices to learn from, ${other.count} of another head to test on`);
  const models = await fitMakers(real, { steps: Number(values.steps), seed: 1, out: values.out });
  await compareMakers(models, other, values.out);
  const path = join(values.out, 'dice.json');
  const scores: Scores = existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : {};
  const steps = Number(values['segmenter-steps']);
  let left = Number(values.most);
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    for (const [name, arm] of Object.entries(arms)) {
      scores[name] ??= {};
      if (scores[name]?.[seed] || left-- <= 0) continue;
      const slices = await slicesOfArm(arm, real, models, seed);
      const weights = await trainSegmenter(slices, { steps, seed });
      const { labels } = await judgeSegmenter(weights, other);
      Object.assign(scores[name] ?? {}, { [seed]: labels.slice(1).map(({ dice }) => dice) });
      await writeFile(path, JSON.stringify(scores));
    }
  }
  showScores(scores);
}

/** How near each maker comes to the other head, once, and what that looks like. */
async function compareMakers(
  models: Readonly<Record<string, Model>>,
  other: Slices,
  out: string,
): Promise<void> {
  const picture = join(out, 'heads.png');
  if (existsSync(picture)) return;
  for (const [name, model] of Object.entries(models)) {
    const rows = [slicesBatch(other)];
    const { pairs } = await evaluateTranslation(model, rows, { illustrations: false });
    const { l1, psnr, ssim } = pairs?.similarity ?? {};
    console.log(
      `${name}: L1 ${l1?.toFixed(3)}, PSNR ${psnr?.toFixed(1)}, SSIM ${ssim?.toFixed(3)}`,
    );
  }
  const made: Slices[] = [];
  for (const model of Object.values(models)) made.push(await makeOf(model, other, 1));
  await drawHeads(picture, other, made);
}

function showScores(scores: Scores): void {
  console.log(`Dice of ${tissues.join(', ')}, and their mean; ± standard deviation over seeds`);
  for (const [name, bySeed] of Object.entries(scores)) {
    const own = Object.values(bySeed);
    if (own.length === 0) continue;
    const columns = tissues.map((_, tissue) => spread(own.map((dice) => dice[tissue] ?? 0)));
    const means = own.map(
      (dice) => dice.reduce<number>((sum, each) => sum + (each ?? 0), 0) / tissues.length,
    );
    console.log(
      `${name.padEnd(40)} ${columns.join('  ')}  ${spread(means)}  (${own.length} seeds)`,
    );
  }
}

function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(values.length - 1, 1));
  return `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
}
