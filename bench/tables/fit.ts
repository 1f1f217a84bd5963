/** Trains a model on a file, writes as many synthetic rows and saves it, in a process of its own. */
import { rm } from 'node:fs/promises';
import type { RecordBatch } from 'apache-arrow';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { readBatches } from '../../src/data/open.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import type { RecipeOption } from '../../src/gan/families/recipe-option.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { FitOptions } from '../../src/gan/fit/options.js';
import { saveModel } from '../../src/gan/model/directory.js';
import { peakMiB } from '../support/run-child.js';

/** What to train, as JSON in the first argument. */
export interface FitTask {
  readonly data: string;
  readonly out: string;
  readonly target?: string | undefined;
  readonly steps?: number | undefined;
  readonly seed: number;
  /** What differs from the default recipe. */
  readonly recipe?: object | undefined;
  /** What else is told of the fit: the privacy that is promised, and what is known of columns. */
  readonly promised?: Pick<FitOptions, 'privacy' | 'columns'> | undefined;
}

/** What it took: seconds of the processor. */
export interface FitOutcome {
  readonly steps: number;
  readonly fitSeconds: number;
  readonly sampleSeconds: number;
  readonly peakMiB: number;
  /** By held-out training rows, at each look. */
  readonly scores: readonly { readonly step: number; readonly score: number }[];
}

const { data, out, target, steps, seed, recipe, promised } = JSON.parse(
  process.argv[2] ?? '',
) as FitTask;
const batches: RecordBatch[] = [];
for await (const batch of readBatches([data])) batches.push(batch);
const schema = (batches[0] as RecordBatch).schema;
const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
const scores: { step: number; score: number }[] = [];
const start = processorSeconds();
const model = await fitModel(schema, batches, {
  seed,
  steps,
  target,
  recipe: { base: promised?.privacy ? 'dp-tabular' : 'tabular', ...recipe } as RecipeOption,
  ...promised,
  thread: 'caller',
  onEvent(event) {
    if (event.type === 'score') scores.push({ step: event.step, score: event.score });
  },
});
const fitted = processorSeconds();
await writeParquetFile(out, sampleBatches(model, { rows, seed }));
const sampled = processorSeconds();
const saved = out.replace(/\.parquet$/, '.model');
await rm(saved, { recursive: true, force: true });
await saveModel(model, saved);
const outcome: FitOutcome = {
  steps: model.manifest.training.steps,
  fitSeconds: fitted - start,
  sampleSeconds: sampled - fitted,
  peakMiB: peakMiB(),
  scores,
};
console.log(JSON.stringify(outcome));

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
