import { describeSchema } from '../../data/describe.js';
import type { EncoderJSON } from '../../encode/encoder.js';
import { loadModel } from '../../gan/model/directory.js';

/** What a saved model is, and what it was trained on. */
export async function describeModel(path: string) {
  const { id, manifest, schema, encoders } = await loadModel(path);
  const { version, recipe, training, generator } = manifest;
  const columns = describeSchema(schema).map(({ name, type, nullable }, k) => {
    const encoder = encoders[k]?.toJSON();
    return { name, type, nullable, encoder: encoder && nameEncoder(encoder) };
  });
  const model = { path, format: 'gan-augment model', id, version, recipe: recipe.name };
  return { ...model, training, columns, generator };
}

/** Its kind, and of one that wraps another both. */
function nameEncoder({ kind, inner }: EncoderJSON): string {
  return inner ? `${kind} ${nameEncoder(inner as EncoderJSON)}` : kind;
}
