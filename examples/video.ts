/**
 * Videos from data to more data: `npm run example:video`. Discs, squares and crosses that move become
 * animated WebP files in folders, a GAN is trained on them and saved, the data is augmented with what
 * it makes, and twelve clips of it are written as one animation, and drawn frame by frame.
 *
 * `-- --data FOLDER --frames 16 --size 32` takes animations or folders of frames of your own, with a
 * folder for each label; `--steps 3000` trains longer: 500 steps make blurred spots that move.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  drawImages,
  drawVideos,
  encodePng,
  encodeWebp,
  fitStream,
  ganAugment,
  readParquet,
  readParquetBatches,
  readVideos,
  saveModel,
  type TrainingStep,
  writeParquet,
} from 'gan-augment';
import { lastValueFrom } from 'rxjs';
import { movingShapes, shapes } from '../fixtures/moving-shapes.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    frames: { type: 'string', default: '8' },
    size: { type: 'string', default: '32' },
    'width-multiplier': { type: 'string', default: '0.25' },
    batch: { type: 'string', default: '16' },
    steps: { type: 'string', default: '500' },
    out: { type: 'string', default: 'out' },
  },
});
const { out } = values;
const [frames, size] = [Number(values.frames), Number(values.size)];
const paths = {
  clips: join(out, 'clips'),
  real: join(out, 'video.parquet'),
  model: join(out, 'video-model'),
  augmented: join(out, 'video.augmented.parquet'),
  animation: join(out, 'video.webp'),
  sheet: join(out, 'video.png'),
};

/** 600 moving shapes as animated WebP files, a folder for each shape. */
async function animate(): Promise<string> {
  for (const shape of shapes) await mkdir(join(paths.clips, shape), { recursive: true });
  const clips = movingShapes(600, { frames, size, seed: 7 });
  for (const [k, { shape, pixels }] of clips.entries()) {
    const bytes = await encodeWebp({ frames, width: size, height: size, channels: 1, pixels });
    await writeFile(join(paths.clips, shape, `${String(k).padStart(4, '0')}.webp`), bytes);
  }
  return paths.clips;
}

await mkdir(out, { recursive: true });
const folder = values.data ?? (await animate());
const resize = { width: size, height: size };
await lastValueFrom(
  readVideos(folder, { frames, resize, channels: values.data ? undefined : 1, shuffle: 7 }).pipe(
    writeParquet(paths.real),
  ),
);

const started = performance.now();
const elapsed = () => `${((performance.now() - started) / 60_000).toFixed(1)} min`;
const onStep = ({ step, steps, losses }: TrainingStep) => {
  if (step % 50 !== 0 && step !== steps) return;
  const shown = Object.values(losses).map((loss) => loss.toFixed(3));
  process.stderr.write(`step ${step} of ${steps}, ${elapsed()}: losses ${shown.join(' and ')}\n`);
};
const model = await fitStream(readParquetBatches(paths.real), {
  recipe: {
    base: 'video',
    widthMultiplier: Number(values['width-multiplier']),
    batch: Number(values.batch),
  },
  target: 'label',
  steps: Number(values.steps),
  seed: 7,
  onStep,
});
const trained = elapsed();
await saveModel(model, paths.model);

await lastValueFrom(
  readParquet(paths.real).pipe(
    ganAugment({ ratio: 0.3, model, seed: 7, mark: 'is_synthetic' }),
    writeParquet(paths.augmented),
  ),
);

const shown = { rows: 12, seed: 7, balance: { column: 'label' } };
await writeFile(
  paths.animation,
  await encodeWebp(await drawVideos(model, { ...shown, columns: 6 })),
);
await writeFile(paths.sheet, await encodePng(await drawImages(model, shown)));
console.log(
  `video: ${model.manifest.training.steps} steps in ${trained}\n` +
    `${paths.augmented}: real and synthetic clips\n` +
    `${paths.animation}: clips to watch; ${paths.sheet}: their frames side by side`,
);
