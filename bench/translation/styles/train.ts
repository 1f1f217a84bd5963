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
  /** Seconds after which training stops, to be gone on with by the next run. */
  readonly seconds?: number | undefined;
}

/**
 * Learns to draw Fluent's emoji in Noto's style from emoji that each have one style only.
 *
 * @returns Undefined where the time was up: the next run goes on from the last checkpoint.
 */
export async function trainStyles(
  { source, target }: Pick<TwoStyles, 'source' | 'target'>,
  { recipe, filters, steps, seed, out, seconds }: StyleTraining,
): Promise<Model | undefined> {
  const batches = [stylesBatch(source), stylesBatch(target)];
  const [first] = batches;
  const before = process.cpuUsage();
  let done = 0;
  const stop = seconds === undefined ? undefined : AbortSignal.timeout(1000 * seconds);
  const model = await fitModel((first as (typeof batches)[0]).schema, batches, {
    recipe: { base: recipe, filters, criticFilters: filters, patch: 16 },
    translate: { column: 'image', domain: 'style', to: 'noto', from: 'fluent' },
    steps,
    patience: false,
    seed,
    pictures: join(out, `${recipe}-pictures`),
    checkpoint: join(out, `${recipe}.checkpoint`),
    resume: true,
    ...(stop && { signal: stop }),
    onEvent(event) {
      if (event.type === 'checkpoint') done = event.step;
    },
  }).catch((error: unknown) => {
    if (stop?.aborted) return undefined;
    throw error;
  });
  const { user, system } = process.cpuUsage(before);
  const spent = `${((user + system) / 1e6).toFixed(0)} s of processor`;
  if (!model) {
    console.log(`${recipe}: stopped after ${spent}; the next run goes on from step ${done}`);
    return undefined;
  }
  console.log(`${recipe}: all ${steps} steps are done, the last of them in ${spent}`);
  await saveModel(model, join(out, recipe));
  return model;
}
