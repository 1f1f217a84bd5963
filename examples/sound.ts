/**
 * Sounds from data to more data: `npm run example:sound`. Plucked strings of eight pitches become WAV
 * files in folders, a GAN is trained on them and saved, the data is augmented with what it makes, and
 * eight sounds of it are written to be heard, and drawn.
 *
 * `-- --data FOLDER --samples 4096` takes WAV files of your own, with a folder for each label;
 * `--recipe wavegan` another recipe; `--steps 3000` trains longer.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  encodePng,
  encodeWave,
  fitStream,
  ganAugment,
  readParquet,
  readParquetBatches,
  readSoundColumn,
  readSounds,
  sampleBatches,
  saveModel,
  soundGrid,
  type TrainingStep,
  writeParquet,
  writeSoundFiles,
} from 'gan-augment';
import { lastValueFrom } from 'rxjs';
import { pitches, pluckedStrings } from '../fixtures/plucked-strings.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    samples: { type: 'string', default: '2048' },
    recipe: { type: 'string', default: 'specgan-r1' },
    'width-multiplier': { type: 'string', default: '0.25' },
    steps: { type: 'string', default: '600' },
    out: { type: 'string', default: 'out' },
  },
});
const { out } = values;
const samples = Number(values.samples);
const paths = {
  strings: join(out, 'strings'),
  real: join(out, 'sound.parquet'),
  model: join(out, `sound-${values.recipe}`),
  augmented: join(out, 'sound.augmented.parquet'),
  wav: join(out, 'sound-wav'),
  grid: join(out, 'sound.png'),
};

/** 320 plucked strings as WAV files, a folder for each pitch. */
async function pluck(): Promise<string> {
  const rate = 8000;
  for (const pitch of pitches) await mkdir(join(paths.strings, pitch), { recursive: true });
  const strings = pluckedStrings(320, { samples, rate, seed: 7 });
  for (const [k, { pitch, values: numbers }] of strings.entries()) {
    const name = join(paths.strings, pitch, `${String(k).padStart(4, '0')}.wav`);
    await writeFile(name, encodeWave({ rate, channels: 1, values: numbers }));
  }
  return paths.strings;
}

await mkdir(out, { recursive: true });
const folder = values.data ?? (await pluck());
await lastValueFrom(
  readSounds(folder, { samples, channels: 1, shuffle: 7 }).pipe(writeParquet(paths.real)),
);

const started = performance.now();
const elapsed = () => `${((performance.now() - started) / 60_000).toFixed(1)} min`;
const onStep = ({ step, steps, losses }: TrainingStep) => {
  if (step % 100 !== 0 && step !== steps) return;
  const shown = Object.values(losses).map((loss) => loss.toFixed(3));
  process.stderr.write(`step ${step} of ${steps}, ${elapsed()}: losses ${shown.join(' and ')}\n`);
};
const model = await fitStream(readParquetBatches(paths.real), {
  recipe: {
    base: values.recipe as 'specgan-r1',
    widthMultiplier: Number(values['width-multiplier']),
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

const heard = { rows: 8, seed: 7, balance: 'label' } as const;
const written = await writeSoundFiles(paths.wav, sampleBatches(model, heard), { label: 'label' });
for await (const batch of sampleBatches(model, { ...heard, rows: 16 })) {
  const image = soundGrid(readSoundColumn(batch, 'sound'), { columns: 8 });
  await writeFile(paths.grid, await encodePng(image));
}
console.log(
  `${values.recipe}: ${model.manifest.training.steps} steps in ${trained}\n` +
    `${paths.augmented}: real and synthetic sounds\n` +
    `${paths.wav}: ${written} sounds to hear; ${paths.grid}: what they look like`,
);
