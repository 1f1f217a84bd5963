import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { FitOptions } from '../../src/gan/fit/options.js';
import { saveModel } from '../../src/gan/model/directory.js';
import type { Model } from '../../src/gan/model/model.js';

/**
 * Trains a model and saves it in a folder, with its checkpoint and pictures: the next run with the same
 * options goes on from there. With `seconds` it takes what is best when these are over.
 */
export async function trainOrGoOn(
  batches: readonly RecordBatch[],
  options: FitOptions,
  { name, out }: { readonly name: string; readonly out: string },
): Promise<Model> {
  const before = process.cpuUsage();
  const model = await fitModel((batches[0] as RecordBatch).schema, batches, {
    ...options,
    patience: false,
    pictures: join(out, `${name}-pictures`),
    checkpoint: join(out, `${name}.checkpoint`),
    resume: true,
    onEvent(event) {
      if (event.type === 'done') console.log(`${name}: the state after step ${event.step}`);
    },
  });
  const { user, system } = process.cpuUsage(before);
  console.log(`${name}: ${((user + system) / 1e6).toFixed(0)} s of processor in this run`);
  await saveModel(model, join(out, name));
  return model;
}
