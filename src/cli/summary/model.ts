import type { KeyObject } from 'node:crypto';
import { describeSchema } from '../../data/schema/describe.js';
import type { EncoderJSON } from '../../encode/encoder.js';
import { loadModel, verifyModel } from '../../gan/model/directory.js';
import { fingerprintOf } from '../../gan/model/signature.js';

/** What a saved model is, and what it was trained on. */
export async function describeModel(path: string, key?: KeyObject) {
  const model = key ? await verifyModel(path, key) : await loadModel(path);
  const { id, manifest, schema, encoders } = model;
  const { version, recipe, training, generator } = manifest;
  const columns = describeSchema(schema).map(({ name, type, nullable }, k) => {
    const encoder = encoders[k]?.toJSON();
    return { name, type, nullable, encoder: encoder && nameEncoder(encoder) };
  });
  const head = { path, format: 'gan-augment model', id, version, recipe: recipe.name };
  const signed = key ? { signedBy: fingerprintOf(key) } : {};
  return { ...head, ...signed, training, columns, generator };
}

/** Its kind, and of one that wraps another both. */
function nameEncoder({ kind, inner }: EncoderJSON): string {
  return inner ? `${kind} ${nameEncoder(inner as EncoderJSON)}` : kind;
}
