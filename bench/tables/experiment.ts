/**
 * Trains one variant of the tabular recipe on a file, and writes as many synthetic rows:
 * `npm run bench -- tables --experiment '{"pack":1}' --data train.csv --out made.parquet`.
 */
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { readBatches } from '../../src/data/open.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { fitModel } from '../../src/gan/fit.js';
import type { RecipeOption } from '../../src/gan/recipes.js';

export interface Experiment {
  readonly data: string;
  readonly out: string;
  readonly target?: string | undefined;
  readonly steps?: number | undefined;
  readonly seed: number;
  /** What differs from the default recipe. */
  readonly difference: object;
}

/** What it took. */
export interface Outcome {
  readonly steps: number;
  readonly fitSeconds: number;
  readonly sampleSeconds: number;
}

/** Trains on the rows of a file and writes as many synthetic ones. Times are of the processor. */
export async function experiment(options: Experiment): Promise<Outcome> {
  const { data, out, target, steps, seed, difference } = options;
  const batches: RecordBatch[] = [];
  for await (const batch of readBatches(data)) batches.push(batch);
  const schema = (batches[0] as RecordBatch).schema;
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  let last = 0;
  let [critic, generator] = [0, 0];
  const start = processorSeconds();
  const model = await fitModel(schema, batches, {
    seed,
    steps,
    target,
    recipe: { base: 'tabular', ...difference } as RecipeOption,
    thread: 'caller',
    onStep({ step, criticLoss, generatorLoss }) {
      last = step;
      [critic, generator] = [critic + criticLoss, generator + generatorLoss];
      if (step % 500 !== 0) return;
      const losses = [critic, generator].map((sum) => (sum / 500).toFixed(3)).join(' ');
      console.error(`step ${step}: ${losses}, ${(processorSeconds() - start).toFixed(0)} s`);
      [critic, generator] = [0, 0];
    },
  });
  const fitted = processorSeconds();
  await writeParquetFile(out, sampleBatches(model, { rows, seed }));
  return {
    steps: last,
    fitSeconds: fitted - start,
    sampleSeconds: processorSeconds() - fitted,
  };
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
