import type { RecordBatch, Schema } from 'apache-arrow';
import { choosePlace } from '../../compute/engines/choose.js';
import { createAdopter } from '../../data/adopt/batch.js';
import { adoptSchema, isNativeSchema } from '../../data/adopt/type.js';
import { DataError, InvalidOptionError } from '../../errors.js';
import { checkOptions } from '../../options/check.js';
import { assertGiven } from '../../options/given.js';
import { untilAborted } from '../../threads/abortable.js';
import { findForeign } from '../../threads/plain-data.js';
import type { Model } from '../model/model.js';
import { fitInWorker } from './fit-in-worker.js';
import { checkFitOptions, type FitOptions, fitModelOptions, type ThreadChoice } from './options.js';
import { trainModel } from './train-model.js';

/**
 * Trains a GAN on the rows of some batches.
 *
 * The same rows, options and seed give the same model, bit for bit on one engine and kind of
 * machine, however the rows are cut into batches and on whatever thread; where privacy is promised, only
 * with the same `privacy.secret`.
 *
 * @throws SchemaError when no column can be learned; DataError when there are too few rows;
 * TrainingError when the training diverges or its thread fails; InvalidOptionError, also for an
 * engine or device that is not available here.
 */
export async function fitModel(
  schema: Schema,
  batches: readonly RecordBatch[],
  options: FitOptions = {},
): Promise<Model> {
  checkOptions(fitModelOptions, options);
  assertGiven(schema, 'schema', 'a Schema');
  assertGiven(batches, 'batches', 'an array of record batches');
  checkFitOptions(options);
  const own = isNativeSchema(schema) ? schema : adoptSchema(schema);
  const adopted = batches.map(createAdopter());
  const thread = threadFor(options);
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  if (rows < 2) throw new DataError(`training needs at least 2 rows: ${rows}`);
  const chosen = await untilAborted(choosePlace(options, 'fit.'), options.signal);
  const resolved = { ...options, ...chosen.target };
  if (chosen.notice) {
    const { engine, device } = chosen.target;
    options.onEvent?.({ type: 'device', engine, device, reason: chosen.notice });
  }
  return thread === 'worker'
    ? fitInWorker(own, adopted, resolved)
    : trainModel(own, adopted, resolved);
}

function threadFor({ thread, ...options }: FitOptions): ThreadChoice {
  const foreign = findForeign(withoutCallbacks(options), 'fit');
  if (foreign === undefined || thread === 'caller') return thread ?? 'worker';
  if (thread === undefined) return 'caller';
  throw new InvalidOptionError(
    `fit.thread 'worker' cannot take what is not plain data: ${foreign}. Leave fit.thread out to ` +
      'train on the calling thread',
  );
}

/** What must cross to a thread: these stay on this side. */
function withoutCallbacks(options: FitOptions): object {
  const callbacks = ['signal', 'onStep', 'onEvent'];
  return Object.fromEntries(Object.entries(options).filter(([name]) => !callbacks.includes(name)));
}
