import type { KeyObject } from 'node:crypto';
import { describeSchema } from '../../data/schema/describe.js';
import type { EncoderJSON } from '../../encode/encoder.js';
import { loadModel, verifyModel } from '../../gan/model/directory.js';
import { fingerprintOf } from '../../gan/model/signature.js';
import { describeSpent } from './privacy.js';
import { describeRules } from './rules.js';

/** What a saved model is, and what it was trained on. */
export async function describeModel(path: string, key?: KeyObject) {
  const model = key ? await verifyModel(path, key) : await loadModel(path);
  const { id, manifest, schema, encoders } = model;
  const { version, recipe, training, generator } = manifest;
  const columns = describeSchema(schema).map(({ name, type, nullable }, k) => {
    const encoder = encoders[k]?.toJSON();
    const follows = manifest.columns[k]?.encoder === 'by a rule';
    const shown = follows ? 'by a rule' : encoder && nameEncoder(encoder);
    return { name, type, nullable, encoder: shown };
  });
  const head = { path, format: 'gan-augment model', id, version, recipe: recipe.name };
  const signed = key ? { signedBy: fingerprintOf(key) } : {};
  const rules = describeRules(manifest.rules ?? []);
  return {
    ...head,
    ...signed,
    training,
    ...(training.privacy ? { privacyPromised: describeSpent(training.privacy) } : {}),
    columns,
    ...(rules.length > 0 ? { rules } : {}),
    generator,
  };
}

/** Its kind, and of one that wraps another both. */
function nameEncoder({ kind, inner }: EncoderJSON): string {
  return inner ? `${kind} ${nameEncoder(inner as EncoderJSON)}` : kind;
}
