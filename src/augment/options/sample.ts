import { conditionShape } from '../../gan/conditions/option-shape.js';
import type { ConditionOptions } from '../../gan/conditions/options.js';
import { samplingShape } from '../../gan/sampling/option-shape.js';
import type { SamplingTarget } from '../../gan/sampling/sampling-target.js';
import { object } from '../../options/composed.js';
import { about, required, type ShapeOf } from '../../options/option.js';
import { abortSignal, seed, wholeNumber } from '../../options/values.js';
import type { Seed } from '../../random.js';
import { type PrivacyGateOptions, privacyGateOption } from './privacy.js';

/** What to sample, and where. */
export interface SampleOptions extends SamplingTarget, ConditionOptions {
  /** Synthetic rows in all. */
  readonly rows: number;
  /** Default 0. The rows are those that `augmentBatches` mixes in with the same seed. */
  readonly seed?: Seed | undefined;
  /** Number of this partition of a bigger job: each draws rows of its own. Default 0. */
  readonly partition?: number | undefined;
  /** What the model may tell of the rows that it was trained on. Default: nothing is asked. */
  readonly privacy?: PrivacyGateOptions | undefined;
  /** Rows a batch. Default 8,192. */
  readonly batchRows?: number | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const shape: ShapeOf<SampleOptions> = {
  rows: about('rows to make', required(wholeNumber({ from: 0 }))),
  seed: about('same seed, same model: same rows (default: 0)', seed()),
  partition: about('number of this partition of a bigger job', wholeNumber({ from: 0 })),
  privacy: privacyGateOption,
  batchRows: about('rows a batch (default: 8192)', wholeNumber({ from: 1 })),
  ...samplingShape,
  ...conditionShape,
  signal: abortSignal(),
};

/** The options of `sampleBatches`. */
export const sampleOptions = object<SampleOptions>(shape);
