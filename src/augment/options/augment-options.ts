import { type SequenceOptions, sequenceOption } from '../../data/sequences/options.js';
import { conditionShape } from '../../gan/conditions/option-shape.js';
import type { ConditionOptions } from '../../gan/conditions/options.js';
import type { TranslateOption } from '../../gan/families/translate-option.js';
import { fitShape } from '../../gan/fit/options.js';
import { samplingShape } from '../../gan/sampling/option-shape.js';
import type { SamplingTarget } from '../../gan/sampling/sampling-target.js';
import { object } from '../../options/composed.js';
import { about, required } from '../../options/option.js';
import {
  abortSignal,
  boolean,
  callback,
  number,
  oneOf,
  seed,
  text,
  wholeNumber,
} from '../../options/values.js';
import type { Seed } from '../../random.js';
import { type ProgressOption, progressOption } from '../progress/option.js';
import { type DriftOptions, driftOption } from './drift.js';
import { type GateOptions, gateOption } from './gate.js';
import { type ModelSource, modelOption } from './model-source.js';
import { type PrivacyGateOptions, privacyGateOption } from './privacy.js';
import { type RatioOption, ratioOption } from './ratio.js';
import { fitOption, type StreamFitOptions, streamRecipe } from './stream-fit.js';

/** How to augment a stream of record batches. */
export interface AugmentOptions extends ConditionOptions {
  /**
   * Share of the output rows that is synthetic, in [0, 1). After n real rows, floor(n·r/(1−r))
   * synthetic rows have been put out: 0.3 gives 3 for 7. 0 changes nothing. Or one for each class of
   * a column: `{ column: 'label', classes: { fraud: 0.5 }, otherwise: 0.1 }`.
   */
  readonly ratio: RatioOption;
  /**
   * 'append' adds synthetic rows to the real ones. 'replace' puts them in the place of real ones,
   * which are dropped: batches keep their sizes, and after each full share of rows, ceil(k / ratio)
   * of them, exactly k are synthetic. Which rows go depends on seed and row number. Default 'append'.
   */
  readonly mode?: 'append' | 'replace' | undefined;
  /** Synthetic rows in all, at most; real rows go on behind them. Default: no limit. */
  readonly limit?: number | undefined;
  /** Same seed, same data, same model: the same rows out. Default 0. */
  readonly seed?: Seed | undefined;
  /** A model to use. Without it, one is trained on the stream. */
  readonly model?: ModelSource | undefined;
  /**
   * How to train, as in `fit`: the name of a recipe, or what is different from one; 'auto' lets the
   * gate choose among makers of rows, and says why. It takes a target; `ratio` is then the most that
   * is mixed in.
   */
  readonly recipe?: StreamFitOptions['recipe'];
  /** The column of labels, as in `fit`. */
  readonly target?: string | undefined;
  /**
   * Make each synthetic row from the real row that makes it due: all of it stays, bit for bit, but one
   * tensor that is made anew. From another tensor of the row: `{ from: 'labels', to: 'slice' }`; or from
   * the same one of another domain: `{ column: 'image', domain: 'scanner', to: 'B' }`, where the domain
   * changes too. Rows that have no tensor to read, or are of that domain already, make none due and do
   * not count. With `model` it may be left out: the model knows. Default: rows are made from noise.
   */
  readonly translate?: TranslateOption | undefined;
  /** How to train on the stream; not together with `model`. */
  readonly fit?: StreamFitOptions | undefined;
  /** Where synthetic rows are computed. Default: one thread of the cpu. */
  readonly sample?: SamplingTarget | undefined;
  /** Where a batch's synthetic rows go: each after the row that makes it due, or at the end. */
  readonly placement?: 'interleave' | 'append' | undefined;
  /**
   * For long tables of events: the rows of each entity are one sequence, which a model of sequences makes.
   * The ratio, `limit`, `fit.rows` and the rows that events count are sequences then. Default: rows stand
   * for themselves.
   */
  readonly sequence?: SequenceOptions | undefined;
  /** Name of a boolean column to add, true in synthetic rows. */
  readonly mark?: string | undefined;
  /** Number of this partition of a bigger job: each draws rows of its own. Default 0. */
  readonly partition?: number | undefined;
  /**
   * Real rows of the partitions before this one. With it the share is exact over the whole job; without
   * it each partition rounds down by itself, to within one row. For one ratio of all rows. Default 0.
   */
  readonly rowsBefore?: number | undefined;
  /** Gives the time for the metadata; without it, equal runs give equal bytes. Default: none. */
  readonly clock?: (() => Date) | undefined;
  /**
   * Measures first, on held-out real rows, what synthetic rows do to a model that is trained with
   * them, and mixes in fewer of them, or none, where they hurt. Real rows go out in any case.
   * Default: no gate.
   */
  readonly gate?: GateOptions | undefined;
  /**
   * Keeps only synthetic rows with whose class of the `target` a model of the real rows agrees; in the
   * place of one that it does not comes the next of its class, so that shares stay exact. Default:
   * all are kept, but for what `recipe: 'auto'` tries.
   */
  readonly agree?: boolean | undefined;
  /**
   * Drops synthetic rows that are nearer to a training row than this share of held-out real rows are,
   * and all copies of training rows: 0.05, say; 0 drops copies alone. A tenth of the rows that would
   * be trained on is held out for it, unless the gate holds rows out. Not with `model`, whose training
   * rows are not there. Default: nothing is dropped.
   */
  readonly rejectCloserThan?: number | undefined;
  /**
   * What a model may tell of the rows that it was trained on: `{ attack: 0.6 }` refuses one of which a
   * membership attack has a higher AUC, before any synthetic row goes out. Default: nothing is measured.
   */
  readonly privacy?: PrivacyGateOptions | undefined;
  /** Watches for real rows that are unlike those that the model was trained on. Default: no watch. */
  readonly drift?: DriftOptions | undefined;
  /**
   * Who sees how the work goes on: a function or an observer of events, such as a Subject; 'log' for
   * lines on stderr, 'bar' for one that is drawn anew where stderr is a terminal. Default: one line on
   * stderr about a training that takes more than ten seconds, and one when it is over; false: nothing.
   */
  readonly progress?: ProgressOption | undefined;
  /** Ends the stream with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of `augmentBatches`. */
export const augmentOptions = object<AugmentOptions>({
  ratio: required(ratioOption),
  mode: about('add synthetic rows, or replace real ones by them', oneOf(['append', 'replace'])),
  limit: about('synthetic rows in all, at most', wholeNumber({ from: 0 })),
  seed: about('same seed, same input: same output (default: 0)', seed()),
  model: modelOption,
  recipe: streamRecipe,
  target: fitShape.target,
  translate: fitShape.translate,
  fit: about('how to train on the stream', fitOption),
  sample: about('where synthetic rows are made', object<SamplingTarget>(samplingShape)),
  placement: about(
    "where a batch's synthetic rows go: each after the row that makes it due, or at the end",
    oneOf(['interleave', 'append']),
  ),
  sequence: sequenceOption,
  mark: about('add a boolean column, true in synthetic rows', text('the name of a new column')),
  partition: about('number of this partition of a bigger job', wholeNumber({ from: 0 })),
  rowsBefore: about('real rows of the partitions before this one', wholeNumber({ from: 0 })),
  clock: callback<() => Date>('a function that gives a Date'),
  gate: about('measure first whether synthetic rows do harm', gateOption),
  agree: about('keep rows only where a model of the real rows agrees with their class', boolean()),
  rejectCloserThan: about(
    'drop copies of training rows, and rows nearer to one than this share of held-out rows is',
    number({ from: 0, below: 1 }),
  ),
  privacy: privacyGateOption,
  drift: about('tell when real rows are unlike the training rows', driftOption),
  progress: progressOption,
  ...conditionShape,
  signal: abortSignal(),
});
