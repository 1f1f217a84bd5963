import { join } from 'node:path';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { saveModel } from '../../../src/gan/model/directory.js';
import type { Model } from '../../../src/gan/model/model.js';
import { stylesBatch, type TwoStyles } from './read.js';

/** How a model of two styles is trained. */
export interface StyleTraining {
  readonly recipe: 'cut' | 'cyclegan';
  readonly filters: number;
  readonly steps: number;
  readonly seed: number;
  readonly out: string;
}

/** Learns to draw Fluent's emoji in Noto's style from emoji that each have one style only. */
export async function trainStyles(
  { source, target }: Pick<TwoStyles, 'source' | 'target'>,
  { recipe, filters, steps, seed, out }: StyleTraining,
): Promise<Model> {
  const batches = [stylesBatch(source), stylesBatch(target)];
  const [first] = batches;
  const before = process.cpuUsage();
  const model = await fitModel((first as (typeof batches)[0]).schema, batches, {
    recipe: { base: recipe, filters, criticFilters: filters, patch: 16 },
    translate: { column: 'image', domain: 'style', to: 'noto', from: 'fluent' },
    steps,
    patience: false,
    seed,
    pictures: join(out, `${recipe}-pictures`),
  });
  const { user, system } = process.cpuUsage(before);
  console.log(`${recipe}: ${steps} steps, ${((user + system) / 60e6).toFixed(1)} min of processor`);
  await saveModel(model, join(out, recipe));
  return model;
}
