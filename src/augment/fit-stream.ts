import type { RecordBatch, Schema } from 'apache-arrow';
import { type BatchSource, toBatches } from '../data/batches/batch-source.js';
import { ofOneSchema } from '../data/schema/one-schema.js';
import { SchemaError } from '../errors.js';
import { fitModel } from '../gan/fit/fit.js';
import { checkFitOptions, type FitOptions } from '../gan/fit/options.js';
import type { Model } from '../gan/model/model.js';
import { checkOptions } from '../options/check.js';
import { createRandom, type Seed } from '../random.js';
import { abortable } from '../threads/abortable.js';
import { closeOnAbort } from '../threads/close-on-abort.js';
import { createEmitter } from './emit-event.js';
import { countRows, emitWhile } from './fitting/fit-with-events.js';
import { sampleEvenly } from './fitting/row-sample.js';
import { defaultFitRows, type FitStreamOptions, fitStreamOptions } from './options/stream-fit.js';
import { bufferHead, firstRows } from './stream/buffered-head.js';

/**
 * Trains a model on the first `rows` rows of a stream, and closes the stream; with `sample:
 * 'reservoir'` on as many of all of its rows.
 *
 * @throws SchemaError for a stream without batches; what `fitModel` throws; the source's errors.
 */
export async function fitStream(
  source: BatchSource,
  options: FitStreamOptions = {},
): Promise<Model> {
  checkOptions(fitStreamOptions, options);
  checkFitOptions(options);
  const { rows = defaultFitRows, seed = 0, sample, signal } = options;
  const batches = ofOneSchema(abortable(closeOnAbort(toBatches(source), signal), signal));
  try {
    const held =
      sample === 'reservoir'
        ? await holdEvenly(batches, rows, seed)
        : await bufferHead(batches, rows);
    const schema = held.batches[0]?.schema;
    if (!schema) throw new SchemaError('there is nothing to train on: the stream has no batches');
    return await fitSeen(schema, firstRows(held.batches, rows), { ...options, seed });
  } finally {
    await batches.return();
  }
}

/** Trains a model, and shows how it goes on to whom it is to be shown. */
function fitSeen(
  schema: Schema,
  batches: readonly RecordBatch[],
  { rows: _, during: __, after: ___, sample: ____, progress, ...settings }: FitStreamOptions,
): Promise<Model> {
  const train = (told: FitOptions) => fitModel(schema, batches, told);
  const emit = createEmitter(progress);
  if (!emit) return train(settings);
  const started = { cause: 'start', rows: countRows(batches) } as const;
  return emitWhile(train, settings, started, emit, settings.signal);
}

async function holdEvenly(batches: AsyncIterable<RecordBatch>, rows: number, seed: Seed) {
  const sample = sampleEvenly(rows, createRandom(seed).fork('reservoir'));
  for await (const batch of batches) sample.add(batch);
  return { batches: sample.rows() };
}
