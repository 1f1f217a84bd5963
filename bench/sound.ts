/**
 * How good are spoken digits of a GAN that has learned 2,700 of them, with their labels? GAN-train,
 * GAN-test, an inception-like score and distances, by a small CNN on log-mel pictures, against takes
 * 0 to 4 of each speaker and digit, which neither the GAN nor the CNN has seen.
 *
 * `npm run bench -- sound --data spoken-digits.parquet`, a table of `digit`, `take` and `samples`
 * (lists of int16 at 8 kHz), such as the Free Spoken Digit Dataset (Jackson et al., CC BY-SA 4.0);
 * `--fit '{"base":"wavegan","widthMultiplier":0.25}' --steps 2000` trains another recipe, `--model
 * DIRECTORY` judges a saved one; `--checkpoint FILE`, and later `--resume` too, trains in parts.
 * `--listen DIRECTORY` writes sounds of it, `--grid FILE` draws them.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { drawImages } from '../src/augment/draw-images.js';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { encodePng } from '../src/data/images/png.js';
import { writeSoundFiles } from '../src/data/sounds/write-files.js';
import { trainClassifier } from '../src/evaluate/image/classifier.js';
import { evaluateImages } from '../src/evaluate/image/evaluate-images.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../src/gan/model/directory.js';
import type { TrainingStep } from '../src/gan/training/progress.js';
import { readSpokenDigits } from './sound/digits.js';
import { nearestDistances } from './sound/nearest.js';
import { createPictures } from './sound/pictures.js';
import { show } from './statistics.js';

const classes = 10;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: 'spoken-digits.parquet' },
      model: { type: 'string' },
      fit: { type: 'string', default: '{"base":"specgan-r1"}' },
      steps: { type: 'string' },
      seconds: { type: 'string' },
      checkpoint: { type: 'string' },
      resume: { type: 'boolean', default: false },
      save: { type: 'string' },
      samples: { type: 'string', default: '4096' },
      rows: { type: 'string', default: '2700' },
      seeds: { type: 'string', default: '3' },
      'model-seed': { type: 'string', default: '7' },
      pictures: { type: 'string' },
      listen: { type: 'string' },
      grid: { type: 'string' },
    },
  });
  const { learned, held } = await readSpokenDigits(values.data, Number(values.samples));
  const cpu = process.cpuUsage();
  const started = performance.now();
  const model = values.model
    ? await loadModel(values.model)
    : await fitModel(learned.schema, [learned], {
        recipe: JSON.parse(values.fit),
        target: 'digit',
        seed: Number(values['model-seed']),
        ...(values.steps ? { steps: Number(values.steps) } : {}),
        ...(values.seconds ? { seconds: Number(values.seconds) } : {}),
        pictures: values.pictures,
        ...(values.checkpoint ? { checkpoint: values.checkpoint, resume: values.resume } : {}),
        onStep,
        onEvent: (event) => console.error(JSON.stringify(event)),
      });
  const { user, system } = process.cpuUsage(cpu);
  const minutes = {
    processor: (user + system) / 60e6,
    wall: (performance.now() - started) / 60e3,
  };
  if (values.save) await saveModel(model, values.save);
  if (values.grid) {
    await writeFile(
      values.grid,
      await encodePng(await drawImages(model, { rows: 40, seed: 1, balance: { column: 'digit' } })),
    );
  }
  if (values.listen) {
    const spoken = sampleBatches(model, { rows: 20, seed: 1, balance: { column: 'digit' } });
    await writeSoundFiles(values.listen, spoken, { label: 'digit' });
  }
  const picturesOf = createPictures(learned);
  const [real, holdout] = [picturesOf([learned]), picturesOf([held])];
  const results: Record<string, number[]> = {};
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const made = [];
    for await (const batch of sampleBatches(model, { rows: Number(values.rows), seed }))
      made.push(batch);
    const synthetic = picturesOf(made);
    const classifier = await trainClassifier(real, classes, { seed, steps: 1500 });
    const measured = await evaluateImages(real, holdout, synthetic, {
      classes,
      seed,
      steps: 1500,
      images: 300,
      classifier,
    });
    await classifier.dispose();
    const nearest = nearestDistances(real, { synthetic, holdout }, 300);
    console.error(JSON.stringify({ fit: values.fit, minutes, seed, ...measured, ...nearest }));
    for (const [name, value] of Object.entries({ ...measured, ...nearest })) {
      results[name] = [...(results[name] ?? []), value];
    }
  }
  const { recipe, training } = model.manifest;
  console.log(
    `${recipe.name}, ${training.steps} steps in ${minutes.processor.toFixed(1)} processor minutes ` +
      `(${minutes.wall.toFixed(1)} of the clock); ${values.rows} digits, ${values.seeds} seeds, mean ± sd\n`,
  );
  console.log('| measure | value |\n|---|---|');
  for (const [name, each] of Object.entries(results)) console.log(`| ${name} | ${show(each, 4)} |`);
}

function onStep({ step, steps, losses }: TrainingStep): void {
  if (step % 200 !== 0) return;
  const shown = Object.values(losses).map((loss) => loss.toFixed(3));
  console.error(`step ${step} of ${steps}: losses ${shown.join(' and ')}`);
}
