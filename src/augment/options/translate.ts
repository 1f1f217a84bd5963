import { type TranslateOption, translateOption } from '../../gan/families/translate-option.js';
import { samplingShape } from '../../gan/sampling/option-shape.js';
import type { SamplingTarget } from '../../gan/sampling/sampling-target.js';
import { object } from '../../options/composed.js';
import { about } from '../../options/option.js';
import { abortSignal, seed, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';

/** What to translate, and where. */
export interface TranslateOptions extends SamplingTarget {
  /** Synthetic rows in all, at most. Default: one for each row that can be translated. */
  readonly rows?: number | undefined;
  /** Default 0. It gives the noise of each row. */
  readonly seed?: Seed | undefined;
  /** Number of this partition of a bigger job: each has noise of its own. Default 0. */
  readonly partition?: number | undefined;
  /** What is to be made anew, to be sure that it is what the model makes. Default: that. */
  readonly translate?: TranslateOption | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `translateBatches`. */
export const translateOptions = object<TranslateOptions>({
  rows: about('rows to make, at most', wholeNumber({ from: 0 })),
  seed: about('same seed, same model, same rows: same rows out (default: 0)', seed()),
  partition: about('number of this partition of a bigger job', wholeNumber({ from: 0 })),
  translate: translateOption,
  ...samplingShape,
  signal: abortSignal(),
});
