import { type SequenceOptions, sequenceOption } from '../../data/sequences/options.js';
import type { RecipeOption } from '../../gan/families/recipe-option.js';
import { type FitOptions, fitShape } from '../../gan/fit/options.js';
import { type PrivacyOptions, privacyOptions } from '../../gan/fit/privacy.js';
import { either, object } from '../../options/composed.js';
import { about, type Option, type ShapeOf } from '../../options/option.js';
import { abortSignal, oneOf, wholeNumber } from '../../options/values.js';
import { type ProgressOption, progressOption } from '../progress/option.js';
import { type PrivacyGateOptions, privacyGateShape } from './privacy.js';

/** The recipe that lets the gate choose: it tries makers of rows, and takes what helps most. */
export const autoRecipe = 'auto';

/** How to train on the stream itself. */
export interface StreamFitOptions extends Omit<FitOptions, 'signal' | 'recipe'> {
  /**
   * How to train: the name of a recipe, or what is different from one; 'auto' lets the gate choose.
   * Default: what suits the columns.
   */
  readonly recipe?: RecipeOption | typeof autoRecipe | undefined;
  /** Rows to train on, at most, held in memory. Default 50,000. */
  readonly rows?: number | undefined;
  /**
   * What happens to the real rows while the model trains. 'hold' keeps them back until it is ready.
   * 'pass' lets them through, and mixing begins when it is: the ratio counts from there. Where that
   * is depends on time, and so does the output; an event and the outcome in a Parquet file's
   * metadata name the place. A stream that ends before gets no synthetic rows. Default 'hold'.
   */
  readonly during?: 'hold' | 'pass' | undefined;
  /**
   * Which rows to train on, where there are more than `rows`. 'even' spreads them over the whole
   * source, by the seed, with some of every class of `target`; the source is read once more for it:
   * a file, a dataset, bytes, a table or an array, and not a stream that comes once. 'first' takes the
   * first ones. 'reservoir' takes each of the rows so far with the same probability; it needs `during:
   * 'pass'` where a stream is augmented. Default: 'even' for what can be read again, else 'first'.
   */
  readonly sample?: 'even' | 'first' | 'reservoir' | undefined;
  /**
   * Rows to see before the training starts, with `during: 'pass'`. Default: `rows`, and four times as
   * many for a reservoir.
   */
  readonly after?: number | undefined;
}

export const defaultFitRows = 50_000;

/** What a recipe is where a stream is augmented. */
export const streamRecipe: Option<RecipeOption | typeof autoRecipe> = about(
  `${fitShape.recipe.about}; 'auto' lets the gate choose`,
  either(
    [oneOf([autoRecipe]), fitShape.recipe],
    "'auto', the name of a recipe, or an object of what is different from one",
  ),
);

const shape: ShapeOf<StreamFitOptions> = {
  ...fitShape,
  recipe: streamRecipe,
  rows: about('train on at most n rows (default: 50000)', wholeNumber({ from: 2 })),
  during: about('what happens to real rows meanwhile', oneOf(['hold', 'pass'])),
  sample: about(
    'train on rows of the whole source, or the first',
    oneOf(['even', 'first', 'reservoir']),
  ),
  after: about('rows to see before the training starts', wholeNumber({ from: 2 })),
};

/** `fit` of an augmentation. */
export const fitOption = object<StreamFitOptions>(shape);

/** What of the rows stays with them, and what an attack may tell of them. */
export interface FitStreamPrivacy extends PrivacyOptions, PrivacyGateOptions {}

/** How to train on a stream alone. */
export interface FitStreamOptions extends Omit<StreamFitOptions, 'recipe' | 'privacy'> {
  /**
   * As in `FitOptions`; and `attack`, the highest AUC by which a membership attack may tell rows that were
   * learned from a fifth of them that is held out for it. The model keeps what was measured. Default: all
   * rows are learned, and nothing is measured.
   */
  readonly privacy?: FitStreamPrivacy | false | undefined;
  /** How to train: the name of a recipe, or what is different from one. */
  readonly recipe?: RecipeOption | undefined;
  /**
   * For long tables of events: the rows of each entity are one sequence, and `rows` counts sequences.
   * Default: rows stand for themselves.
   */
  readonly sequence?: SequenceOptions | undefined;
  /** Stops the training; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Who sees how the training goes on: a function or an observer of events; 'log' for lines on stderr,
   * 'bar' for one that is drawn anew where stderr is a terminal. Default: one line on stderr about a
   * training that takes more than ten seconds, and one when it is over; false: nothing.
   */
  readonly progress?: ProgressOption | undefined;
}

/** The options of `fitStream`. */
export const fitStreamOptions = object<FitStreamOptions>({
  ...shape,
  recipe: fitShape.recipe,
  privacy: about(
    fitShape.privacy.about ?? '',
    either(
      [object<FitStreamPrivacy>({ ...privacyOptions.shape, ...privacyGateShape }), oneOf([false])],
      fitShape.privacy.wanted,
    ),
  ),
  sequence: sequenceOption,
  signal: abortSignal(),
  progress: progressOption,
});
