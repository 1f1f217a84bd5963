import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { fitModel } from '../../src/gan/fit/fit.js';
import type { FitOptions } from '../../src/gan/fit/options.js';
import { loadModel, saveModel } from '../../src/gan/model/directory.js';
import type { Model } from '../../src/gan/model/model.js';

/** A training that may be stopped and gone on with. */
export interface LongTraining {
  /** Names the model and its checkpoint in the folder. */
  readonly name: string;
  /** The folder. */
  readonly out: string;
  /** Seconds after which this run of the bench stops training. Default: none. */
  readonly seconds?: number | undefined;
}

/**
 * Trains a model, or goes on with what lies in the folder: a model is loaded, a checkpoint resumed, to
 * the same bits as without a stop.
 *
 * @returns Undefined where the time was up before the end.
 */
export async function trainOrGoOn(
  batches: readonly RecordBatch[],
  options: FitOptions,
  { name, out, seconds }: LongTraining,
): Promise<Model | undefined> {
  const path = join(out, name);
  if (existsSync(path)) return loadModel(path);
  const before = process.cpuUsage();
  let done = 0;
  const stop = seconds === undefined ? undefined : AbortSignal.timeout(1000 * seconds);
  const model = await fitModel((batches[0] as RecordBatch).schema, batches, {
    ...options,
    patience: false,
    pictures: join(out, `${name}-pictures`),
    checkpoint: join(out, `${name}.checkpoint`),
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
    console.log(`${name}: stopped after ${spent}; the next run goes on from step ${done}`);
    return undefined;
  }
  console.log(`${name}: trained to the end, in ${spent} in this run`);
  await saveModel(model, path);
  return model;
}
