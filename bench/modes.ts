/**
 * How many modes of a mixture of Gaussians does a GAN find, and how many of its points are good?
 *
 * For each seed: 100,000 points of 25 Gaussians in a grid, or of 8 on a ring; a GAN learns them, and
 * 2,500 of its points are judged: a point is good within three standard deviations of a center, and
 * a center is found if it has a good point.
 */
import { parseArgs } from 'node:util';
import { gans, seeded } from './modes/gans.js';
import { drawPoints, grid, judgePoints, ring } from './modes/mixtures.js';
import { show } from './statistics.js';

const mixtures = { grid, ring };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string', default: '10' },
      first: { type: 'string', default: '1' },
      gans: { type: 'string', default: Object.keys(gans).join(',') },
      mixtures: { type: 'string', default: 'grid,ring' },
      steps: { type: 'string' },
    },
  });
  const [first, seeds] = [Number(values.first), Number(values.seeds)];
  console.log(`2,500 points, ${seeds} seeds from ${first}, mean ± sd\n`);
  console.log(
    '| mixture | GAN | steps | modes | good points, % | seconds |\n|---|---|---|---|---|---|',
  );
  for (const name of values.mixtures.split(',') as (keyof typeof mixtures)[]) {
    for (const gan of values.gans.split(',')) {
      const { steps: own, make } = gans[gan] as (typeof gans)[string];
      const steps = Number(values.steps ?? own);
      const results: { modes: number; quality: number; seconds: number }[] = [];
      for (let seed = first; seed < first + seeds; seed++) {
        const random = seeded(seed);
        const points = drawPoints(mixtures[name], 100_000, random.fork('points'));
        const started = performance.now();
        const made = await make(steps)(points, 2500, random.fork('gan'));
        const seconds = (performance.now() - started) / 1000;
        results.push({ ...judgePoints(mixtures[name], made), seconds });
        console.error(JSON.stringify({ mixture: name, gan, seed, ...results.at(-1) }));
      }
      const column = (key: keyof (typeof results)[0], factor = 1) =>
        show(
          results.map((result) => factor * result[key]),
          1,
        );
      const cells = [column('modes'), column('quality', 100), column('seconds')];
      console.log(`| ${name} | ${gan} | ${steps} | ${cells.join(' | ')} |`);
    }
  }
}
