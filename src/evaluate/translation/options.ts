import type { Model } from '../../gan/model/model.js';
import { samplingShape } from '../../gan/sampling/option-shape.js';
import type { SamplingTarget } from '../../gan/sampling/sampling-target.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import {
  abortSignal,
  boolean,
  custom,
  seed as seedOption,
  wholeNumber,
} from '../../options/values.js';
import type { Seed } from '../../random.js';

/** What a model that translates is judged by. */
export interface EvaluateTranslationOptions extends SamplingTarget {
  /**
   * A model that makes labels from the images which are judged (`translate: { from: 'slice', to:
   * 'labels' }`): it says whether the labels can be found again in them. Default: none.
   */
  readonly segmenter?: Model | undefined;
  /** Held-out rows that are drawn and translated, at most. Default: 1,000. */
  readonly rows?: number | undefined;
  /** Draws rows, and gives the noise of what is made. Default: 0. */
  readonly seed?: Seed | undefined;
  /** Whether some rows are drawn, real ones too. Default: true. */
  readonly illustrations?: boolean | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A trained model. */
export const modelInMemory = custom<Model>(
  'a model, as loadModel gives it',
  (value) => typeof value === 'object' && value !== null && 'manifest' in value,
);

/** The options of `evaluateTranslation`. */
export const evaluateTranslationOptions = object<EvaluateTranslationOptions>({
  segmenter: about('a model that makes labels of the images', modelInMemory),
  rows: about('held-out rows to translate (default: 1000)', wholeNumber({ from: 1 })),
  seed: about('draws rows and noise (default: 0)', seedOption()),
  illustrations: about('show some rows, real ones too (default: true)', boolean()),
  signal: abortSignal(),
  ...samplingShape,
});
