import type { Schema } from 'apache-arrow';
import { schemaDifference } from '../data/schema/schema.js';
import { SchemaError } from '../errors.js';
import { loadModel, verifyModel } from '../gan/model/directory.js';
import type { Model } from '../gan/model/model.js';
import { assertTranslatable, isTranslating } from '../gan/sampling/translation.js';
import { untilAborted } from '../threads/abortable.js';
import type { ModelSource } from './options/model-source.js';

/** A model that does not have the very columns of a stream; perhaps they match by name. */
export class OtherColumns extends SchemaError {
  /**
   * @param which names the model.
   * @param difference says in words how the columns differ.
   */
  constructor(
    readonly model: Model,
    readonly which: string,
    difference: string,
  ) {
    super(
      `${which} was trained on other columns than the stream has: ${difference}. Use a model of such data, or train one`,
    );
  }
}

/**
 * The given model to augment a stream with.
 *
 * @throws OtherColumns when it was trained on other columns, or in other forms of them.
 */
export async function findModel(
  model: ModelSource,
  schema: Schema,
  signal: AbortSignal,
): Promise<Model> {
  const found = await untilAborted(resolveModel(model, signal), signal);
  const which = describeSource(model);
  if (isTranslating(found)) {
    assertTranslatable(found, schema, which);
    return found;
  }
  const difference = schemaDifference(found.schema, schema);
  if (difference !== undefined) throw new OtherColumns(found, which, difference);
  return found;
}

/** The model that a source gives. */
export async function resolveModel(model: ModelSource, signal: AbortSignal): Promise<Model> {
  if (typeof model === 'string') return loadModel(model);
  if ('directory' in model && 'key' in model) return verifyModel(model.directory, model.key);
  return typeof model === 'function' ? model(signal) : model;
}

function describeSource(model: ModelSource): string {
  if (typeof model === 'string') return `model ${model}`;
  return 'directory' in model ? `model ${model.directory}` : 'the model';
}
