import type { RecordBatch } from 'apache-arrow';
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
import { sampleEvenly } from './fitting/row-sample.js';
import { defaultFitRows, fitStreamOptions, type StreamFitOptions } from './options/stream-fit.js';
import { bufferHead, firstRows } from './stream/buffered-head.js';

/**
 * Trains a model on the first `rows` rows of a stream, and closes the stream; with `sample:
 * 'reservoir'` on as many of all of its rows.
 *
 * @throws SchemaError for a stream without batches; what `fitModel` throws; the source's errors.
 */
export async function fitStream(
  source: BatchSource,
  options: StreamFitOptions & Pick<FitOptions, 'signal'> = {},
): Promise<Model> {
  checkOptions(fitStreamOptions, options);
  checkFitOptions(options);
  const { rows = defaultFitRows, seed = 0, during: _, after: __, sample, ...settings } = options;
  const batches = ofOneSchema(
    abortable(closeOnAbort(toBatches(source), options.signal), options.signal),
  );
  try {
    const held =
      sample === 'reservoir'
        ? await holdEvenly(batches, rows, seed)
        : await bufferHead(batches, rows);
    const schema = held.batches[0]?.schema;
    if (!schema) throw new SchemaError('there is nothing to train on: the stream has no batches');
    return await fitModel(schema, firstRows(held.batches, rows), { ...settings, seed });
  } finally {
    await batches.return();
  }
}

async function holdEvenly(batches: AsyncIterable<RecordBatch>, rows: number, seed: Seed) {
  const sample = sampleEvenly(rows, createRandom(seed).fork('reservoir'));
  for await (const batch of batches) sample.add(batch);
  return { batches: sample.rows() };
}
