import type { RecordBatch, Schema } from 'apache-arrow';
import { assertSameSchema } from '../data/schema.js';
import { SchemaError } from '../errors.js';
import { loadModel } from '../gan/model/directory.js';
import type { Model } from '../gan/model/model.js';
import { fitHeld } from './fit-stream.js';
import type { AugmentOptions } from './options.js';

/**
 * The model to augment a stream with: the given one, or one trained on the held rows.
 *
 * @throws SchemaError when the given model was trained on other columns.
 */
export async function findModel(
  { model, fit, seed }: AugmentOptions,
  schema: Schema,
  held: readonly RecordBatch[],
  signal: AbortSignal,
): Promise<Model> {
  if (model === undefined) return fitHeld(schema, held, { seed, ...fit }, signal);
  const found = await (typeof model === 'string' ? loadModel(model) : model);
  try {
    assertSameSchema(found.schema, schema, 'the stream');
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new SchemaError(`the model was trained on another schema. ${reason}`, { cause });
  }
  return found;
}
