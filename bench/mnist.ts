/**
 * How good are the digits of a GAN that was trained on MNIST with labels? GAN-train, GAN-test, modes
 * and distances, against MNIST's own test images, which neither the GAN nor a classifier saw.
 *
 * `npm run bench -- mnist --model out/mnist-dcgan`, after `npm run example:mnist -- --target label`;
 * or `--fit '{"base":"dcgan-r1","widthMultiplier":0.5}' --epochs 10`, which trains first. With `--validate` the
 * last 10,000 digits of the training set judge in the place of the test set: to choose a recipe by.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import { drawImages } from '../src/augment/draw-images.js';
import { sampleBatches } from '../src/augment/sample-batches.js';
import { sliceBatch } from '../src/data/batches/interleave.js';
import { encodePng } from '../src/data/images/png.js';
import { evaluateImages } from '../src/evaluate/image/evaluate-images.js';
import type { RecipeOption } from '../src/gan/families/recipe-option.js';
import { fitModel } from '../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../src/gan/model/directory.js';
import type { Model } from '../src/gan/model/model.js';
import type { TrainingStep } from '../src/gan/training/progress.js';
import { cut, gather, readDigits } from './mnist/digits.js';
import { show } from './statistics.js';

const held = 10_000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string', default: 'out/mnist-dcgan' },
      fit: { type: 'string' },
      epochs: { type: 'string', default: '4' },
      'model-seed': { type: 'string', default: '7' },
      validate: { type: 'boolean', default: false },
      rows: { type: 'string', default: '20000' },
      seeds: { type: 'string', default: '3' },
      steps: { type: 'string', default: '2000' },
      grid: { type: 'string' },
    },
  });
  const [rows, seeds, steps] = [values.rows, values.seeds, values.steps].map(Number) as [
    number,
    number,
    number,
  ];
  const all: RecordBatch[] = [];
  for await (const batch of readDigits('train')) all.push(batch);
  const learned = values.validate ? firstRows(all, 60_000 - held) : all;
  const started = performance.now();
  const model = values.fit
    ? await train(learned, JSON.parse(values.fit), Number(values.epochs), values['model-seed'])
    : await loadModel(values.model);
  const minutes = (performance.now() - started) / 60_000;
  if (values.fit) await saveModel(model, values.model).catch(console.error);
  if (values.grid) {
    await writeFile(values.grid, await encodePng(await drawImages(model, { rows: 100, seed: 1 })));
  }
  const [real, holdout] = [
    await gather(learned),
    values.validate ? cut(await gather(all), 60_000 - held) : await gather(readDigits('t10k')),
  ];
  const results: Record<string, number[]> = {};
  for (let seed = 1; seed <= seeds; seed++) {
    const synthetic = await gather(sampleBatches(model, { rows, seed }));
    const options = { classes: 10, seed, steps, images: 1000 };
    const measured = await evaluateImages(real, holdout, synthetic, options);
    console.error(JSON.stringify({ fit: values.fit, minutes, seed, ...measured }));
    for (const [name, value] of Object.entries(measured)) {
      results[name] = [...(results[name] ?? []), value];
    }
  }
  const { recipe, training } = model.manifest;
  const trained = values.fit ? ` in ${minutes.toFixed(1)} min` : '';
  console.log(
    `${recipe.name}, ${training.steps} steps${trained}; ${rows} digits, ${seeds} seeds, mean ± sd, ` +
      `judged by ${values.validate ? 'the end of the training set' : 'the test set'}\n`,
  );
  console.log('| measure | value |\n|---|---|');
  for (const [name, each] of Object.entries(results)) console.log(`| ${name} | ${show(each, 4)} |`);
}

async function train(
  batches: readonly RecordBatch[],
  recipe: RecipeOption,
  epochs: number,
  seed: string,
): Promise<Model> {
  const onStep = ({ step, steps, losses }: TrainingStep) => {
    if (step % 500 !== 0) return;
    const shown = Object.values(losses).map((loss) => loss.toFixed(3));
    console.error(`step ${step} of ${steps}: losses ${shown.join(' and ')}`);
  };
  const onEvent = (event: object) => console.error(JSON.stringify(event));
  const { schema } = batches[0] as RecordBatch;
  const options = { recipe, epochs, target: 'label', seed: Number(seed), onStep, onEvent };
  return fitModel(schema, batches, options);
}

function firstRows(batches: readonly RecordBatch[], rows: number): RecordBatch[] {
  const first: RecordBatch[] = [];
  for (const batch of batches) {
    const before = first.reduce((sum, { numRows }) => sum + numRows, 0);
    if (before < rows) first.push(sliceBatch(batch, 0, Math.min(batch.numRows, rows - before)));
  }
  return first;
}
