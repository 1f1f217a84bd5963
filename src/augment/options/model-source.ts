import type { Model } from '../../gan/model/model.js';
import type { Key } from '../../gan/model/signature.js';
import { either, object } from '../../options/composed.js';
import { about, type Option, required } from '../../options/option.js';
import { custom, text } from '../../options/values.js';

/** A saved model that has to be signed with the private half of a key. */
export interface SignedModel {
  /** The directory that it was saved in. */
  readonly directory: string;
  /** The Ed25519 public key: a KeyObject of node:crypto, or its text in PEM. */
  readonly key: Key;
}

/**
 * A trained model, the directory of a saved one, also with the key that it has to be signed with,
 * a promise of one, or a function that is called when
 * a model is needed, with a signal that tells it to stop.
 */
export type ModelSource =
  | Model
  | string
  | SignedModel
  | PromiseLike<Model>
  | ((signal: AbortSignal) => PromiseLike<Model>);

const inMemory = custom<Exclude<ModelSource, string | SignedModel>>('a model', (value) => {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && ('manifest' in value || 'then' in value);
});

const signedModel = object<SignedModel>({
  directory: required(text('the directory of a saved model')),
  key: required(
    about(
      'the Ed25519 public key that it has to be signed with',
      custom<Key>(
        'an Ed25519 public key, or its text in PEM',
        (key) => typeof key === 'string' || (typeof key === 'object' && key !== null),
        { type: 'string' },
      ),
    ),
  ),
});

export const modelOption: Option<ModelSource> = about(
  'a saved model, instead of training one',
  either(
    [text('the directory of a saved model'), inMemory, signedModel],
    'a model, a directory, or what gives a model',
  ),
);

/** A promise's failure is raised when the model is needed; until then it must not end the process. */
export function deferFailure(model: ModelSource | undefined): void {
  if (model instanceof Promise) model.catch(() => {});
}
