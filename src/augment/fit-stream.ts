import type { RecordBatch, Schema } from 'apache-arrow';
import { abortable } from '../data/abortable.js';
import { ofOneSchema } from '../data/one-schema.js';
import { SchemaError } from '../errors.js';
import { type FitOptions, fitModel } from '../gan/fit.js';
import type { Model } from '../gan/model/model.js';
import { firstRows, hold } from './hold.js';
import { checkStreamFitOptions, defaultFitRows, type StreamFitOptions } from './options.js';

/**
 * Trains a model on the first `rows` rows of a stream, and closes the stream.
 *
 * @throws SchemaError for a stream without batches; what `fitModel` throws; the source's errors.
 */
export async function fitStream(
  source: AsyncIterable<RecordBatch>,
  options: StreamFitOptions & Pick<FitOptions, 'signal'> = {},
): Promise<Model> {
  checkStreamFitOptions(options);
  const batches = ofOneSchema(abortable(source, options.signal));
  try {
    const held = await hold(batches, options.rows ?? defaultFitRows);
    const schema = held.batches[0]?.schema;
    if (!schema) throw new SchemaError('there is nothing to train on: the stream has no batches');
    return await fitHeld(schema, held.batches, options, options.signal);
  } finally {
    await batches.return();
  }
}

/** Trains a model on the first rows of held batches. */
export function fitHeld(
  schema: Schema,
  held: readonly RecordBatch[],
  { rows = defaultFitRows, during: _, ...options }: StreamFitOptions,
  signal: AbortSignal | undefined,
): Promise<Model> {
  return fitModel(schema, firstRows(held, rows), { ...options, signal });
}
