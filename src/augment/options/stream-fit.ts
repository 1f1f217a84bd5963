import { type FitOptions, fitShape } from '../../gan/fit/options.js';
import { object } from '../../options/composed.js';
import { about, type ShapeOf } from '../../options/option.js';
import { abortSignal, oneOf, wholeNumber } from '../../options/values.js';

/** How to train on the stream itself. */
export interface StreamFitOptions extends Omit<FitOptions, 'signal'> {
  /** Rows to train on, held in memory. Default 50,000. */
  readonly rows?: number | undefined;
  /**
   * What happens to the real rows while the model trains. 'hold' keeps them back until it is ready.
   * 'pass' lets them through, and mixing begins when it is: the ratio counts from there. Where that
   * is depends on time, and so does the output; an event and the outcome in a Parquet file's
   * metadata name the place. A stream that ends before gets no synthetic rows. Default 'hold'.
   */
  readonly during?: 'hold' | 'pass' | undefined;
  /**
   * Which rows to train on: the 'first' ones, or a 'reservoir', in which each of the rows so far is
   * with the same probability; it depends on the seed, and needs `during: 'pass'` where a stream is
   * augmented. Default 'first'.
   */
  readonly sample?: 'first' | 'reservoir' | undefined;
  /**
   * Rows to see before the training starts, with `during: 'pass'`. Default: `rows`, and four times as
   * many for a reservoir.
   */
  readonly after?: number | undefined;
}

export const defaultFitRows = 50_000;

const shape: ShapeOf<StreamFitOptions> = {
  ...fitShape,
  rows: about('train on the first n rows (default: 50000)', wholeNumber({ from: 2 })),
  during: about('what happens to real rows meanwhile', oneOf(['hold', 'pass'])),
  sample: about('train on the first rows, or as many of all', oneOf(['first', 'reservoir'])),
  after: about('rows to see before the training starts', wholeNumber({ from: 2 })),
};

/** `fit` of an augmentation. */
export const fitOption = object<StreamFitOptions>(shape);

/** The options of `fitStream`. */
export const fitStreamOptions = object<StreamFitOptions & Pick<FitOptions, 'signal'>>({
  ...shape,
  signal: abortSignal(),
});
