import { object } from '../../options/composed.js';
import { about, hinted, type Option } from '../../options/option.js';
import { boolean, number, wholeNumber } from '../../options/values.js';

/** Watches whether the real rows are still like those that the model was trained on. */
export interface DriftOptions {
  /** Rows that are compared at once. Default 10,000. */
  readonly window?: number | undefined;
  /** Population stability index of a column from which on it has drifted. Default 0.25. */
  readonly threshold?: number | undefined;
  /**
   * Trains another model, in the background, on a sample of the rows that drifted, and takes its rows
   * from the next batch on. When that is depends on time, and so does the output. Training is as
   * `fit` says; what fails is told, and the model before stays. Default false.
   */
  readonly refit?: boolean | undefined;
}

export const driftOption: Option<DriftOptions> = hinted(
  '{} takes defaults',
  object<DriftOptions>({
    window: about('rows that are compared at once (default: 10000)', wholeNumber({ from: 100 })),
    threshold: about(
      'population stability index from which on a column has drifted (default: 0.25)',
      number({ above: 0 }),
    ),
    refit: about('train another model on rows that drifted (default: false)', boolean()),
  }),
);
