import { Option } from 'commander';
import type { ModelSource } from '../augment/options/model-source.js';
import { readBytes } from '../data/files/read-bytes.js';
import { InvalidOptionError } from '../errors.js';
import { loadModel, verifyModel } from '../gan/model/directory.js';
import type { Model } from '../gan/model/model.js';
import { readVerifyingKey } from '../gan/model/signature.js';

/** The flag of a key that a saved model has to be signed with. */
export const verifyOption = () =>
  new Option('--verify <public.pem>', 'fail unless the saved model is signed with this key');

/**
 * Loads a saved model, and holds it against the key in a file where there is one.
 *
 * @throws FileError if the key cannot be read; InvalidOptionError for what is no key; SignatureError
 * unless the model is signed with it; what `loadModel` throws.
 */
export async function loadVerified(directory: string, key: string | undefined): Promise<Model> {
  if (key === undefined) return loadModel(directory);
  return verifyModel(directory, readVerifyingKey(await readBytes(key, 'key')));
}

/**
 * The saved model that a job uses: the flag's, or that of its file, which may name a key itself.
 *
 * @throws InvalidOptionError for a key without a model.
 */
export function loadOfJob(
  model: ModelSource | undefined,
  key: string | undefined,
): Promise<Model> | undefined {
  if (model === undefined) {
    if (key === undefined) return undefined;
    throw new InvalidOptionError('--verify is for a saved model. Give --model too');
  }
  const saved = model as Extract<ModelSource, string | { readonly key: unknown }>;
  if (typeof saved === 'string') return loadVerified(saved, key);
  if (key === undefined) return verifyModel(saved.directory, saved.key);
  return loadVerified(saved.directory, key);
}
