import type { Model } from '../../gan/model/model.js';
import { either } from '../../options/composed.js';
import { about, type Option } from '../../options/option.js';
import { custom, text } from '../../options/values.js';

/**
 * A trained model, the directory of a saved one, a promise of one, or a function that is called when
 * a model is needed, with a signal that tells it to stop.
 */
export type ModelSource =
  | Model
  | string
  | PromiseLike<Model>
  | ((signal: AbortSignal) => PromiseLike<Model>);

const inMemory = custom<Exclude<ModelSource, string>>('a model', (value) => {
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && ('manifest' in value || 'then' in value);
});

export const modelOption: Option<ModelSource> = about(
  'a saved model, instead of training one',
  either(
    [text('the directory of a saved model'), inMemory],
    'a model, a directory, or what gives a model',
  ),
);

/** A promise's failure is raised when the model is needed; until then it must not end the process. */
export function deferFailure(model: ModelSource | undefined): void {
  if (model instanceof Promise) model.catch(() => {});
}
