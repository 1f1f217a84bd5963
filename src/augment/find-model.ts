import type { RecordBatch, Schema } from 'apache-arrow';
import { untilAborted } from '../data/abortable.js';
import { schemaDifference } from '../data/schema.js';
import { SchemaError } from '../errors.js';
import { loadModel } from '../gan/model/directory.js';
import type { Model } from '../gan/model/model.js';
import { type AugmentOptions, fitOf, type ModelSource } from './options.js';
import type { AugmentTools } from './tools.js';

/**
 * The model to augment a stream with: the given one, or one trained on the held rows.
 *
 * @throws SchemaError when the given model was trained on other columns.
 */
export async function findModel(
  tools: AugmentTools,
  { model, seed, ...options }: AugmentOptions,
  schema: Schema,
  held: readonly RecordBatch[],
  signal: AbortSignal,
): Promise<Model> {
  if (model === undefined) {
    const fit = fitOf(options);
    return tools.fit(schema, held, { ...fit, seed: fit?.seed ?? seed }, signal);
  }
  const found = await untilAborted(resolveModel(model, signal), signal);
  const difference = schemaDifference(found.schema, schema);
  if (difference !== undefined) {
    const which = typeof model === 'string' ? `model ${model}` : 'the model';
    throw new SchemaError(
      `${which} was trained on other columns than the stream has: ${difference}. Use a model of ` +
        'such data, or train one.',
    );
  }
  return found;
}

async function resolveModel(model: ModelSource, signal: AbortSignal): Promise<Model> {
  if (typeof model === 'string') return loadModel(model);
  return typeof model === 'function' ? model(signal) : model;
}
