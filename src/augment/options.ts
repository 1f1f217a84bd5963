import { InvalidOptionError } from '../errors.js';
import {
  type ConditionOptions,
  checkConditions,
  type RatioConditions,
  ratioConditions,
} from '../gan/conditions/options.js';
import type { RecipeOption } from '../gan/families/recipes.js';
import { checkFitOptions, type FitOptions } from '../gan/fit/fit.js';
import type { Model } from '../gan/model/model.js';
import { checkSamplingTarget, type SamplingTarget } from '../gan/sampling/sampling-target.js';
import { checkSeed, type Seed } from '../random.js';
import { checkDrift, type DriftOptions } from './drift/options.js';
import { checkProgress } from './emit-event.js';
import type { ProgressObserver } from './events.js';
import { checkGate, type GateOptions } from './gate/options.js';
import { createShares, type RatioOption, type Shares } from './mixing/shares.js';

/**
 * A trained model, the directory of a saved one, a promise of one, or a function that is called when
 * a model is needed, with a signal that tells it to stop.
 */
export type ModelSource =
  | Model
  | string
  | PromiseLike<Model>
  | ((signal: AbortSignal) => PromiseLike<Model>);

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
  /** How to train, as in `fit`: the name of a recipe, or what is different from one. */
  readonly recipe?: RecipeOption | undefined;
  /** The column of labels, as in `fit`. */
  readonly target?: string | undefined;
  /** How to train on the stream; not together with `model`. */
  readonly fit?: StreamFitOptions | undefined;
  /** Where synthetic rows are computed. Default: one thread of the cpu. */
  readonly sample?: SamplingTarget | undefined;
  /** Where a batch's synthetic rows go: each after the row that makes it due, or at the end. */
  readonly placement?: 'interleave' | 'append' | undefined;
  /** Name of a boolean column to add, true in synthetic rows. */
  readonly mark?: string | undefined;
  /** Number of this partition of a bigger job: each draws rows of its own. Default 0. */
  readonly partition?: number | undefined;
  /** Gives the time for the metadata; without it, equal runs give equal bytes. Default: none. */
  readonly clock?: (() => Date) | undefined;
  /**
   * Measures first, on held-out real rows, what synthetic rows do to a model that is trained with
   * them, and mixes in fewer of them, or none, where they hurt. Real rows go out in any case.
   * Default: no gate.
   */
  readonly gate?: GateOptions | undefined;
  /**
   * Drops synthetic rows that are nearer to a training row than this share of held-out real rows are,
   * and all copies of training rows: 0.05, say; 0 drops copies alone. A tenth of the rows that would
   * be trained on is held out for it, unless the gate holds rows out. Not with `model`, whose training
   * rows are not there. Default: nothing is dropped.
   */
  readonly rejectCloserThan?: number | undefined;
  /** Watches for real rows that are unlike those that the model was trained on. Default: no watch. */
  readonly drift?: DriftOptions | undefined;
  /** Told of what happens, as it happens: a function, or an observer such as a Subject. */
  readonly progress?: ProgressObserver | undefined;
  /** Ends the stream with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

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

/** Refuses options that cannot be used, and gives the ratio in exact form. */
export function checkAugmentOptions(options: AugmentOptions): Shares {
  const { ratio, model, mark, partition, sample, seed, limit, progress } = options ?? {};
  const fit = fitOf(options ?? {});
  const shares = createShares(ratio);
  checkSeed(seed);
  checkPartition(partition);
  checkModelSource(model);
  if (model !== undefined && fit !== undefined) {
    const given = fitKeys.find((key) => options[key] !== undefined);
    throw new InvalidOptionError(
      `'model' and '${given}' exclude each other. Give a model, or say how to train one`,
    );
  }
  checkChoice('mode', options.mode, ['append', 'replace']);
  checkChoice('placement', options.placement, ['interleave', 'append']);
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
    throw new InvalidOptionError(`limit must be a whole number from 0: ${limit}`);
  }
  checkProgress(progress);
  checkGate(options);
  checkRejection(options);
  checkDrift(options.drift);
  if (options.clock !== undefined && typeof options.clock !== 'function') {
    throw new InvalidOptionError(`clock must be a function that gives a Date: ${options.clock}`);
  }
  if (mark !== undefined && (typeof mark !== 'string' || mark === '')) {
    throw new InvalidOptionError(`mark must be the name of a new column: ${String(mark)}`);
  }
  checkConditions(options);
  if (shares.column !== undefined && options.balance !== undefined) {
    throw new InvalidOptionError(
      "'balance' and a ratio by class exclude each other. Leave one of them out",
    );
  }
  if (sample) checkSamplingTarget(sample, 'sample.');
  if (fit) checkStreamFitOptions(fit);
  if (fit?.sample === 'reservoir' && fit.during !== 'pass') {
    throw new InvalidOptionError(
      "fit.sample 'reservoir' needs fit.during 'pass': held rows are the first of the stream",
    );
  }
  return limit === 0 ? { ...shares, isZero: true } : shares;
}

function checkRejection({ rejectCloserThan, model }: AugmentOptions): void {
  if (rejectCloserThan === undefined) return;
  if (!(typeof rejectCloserThan === 'number' && rejectCloserThan >= 0 && rejectCloserThan < 1)) {
    throw new InvalidOptionError(
      `rejectCloserThan must be a number in [0, 1): ${String(rejectCloserThan)}`,
    );
  }
  if (model !== undefined) {
    throw new InvalidOptionError(
      "'model' and 'rejectCloserThan' exclude each other: the rows that the model was trained on " +
        'are not there. Train on the stream',
    );
  }
}

function checkChoice(name: string, value: unknown, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value as string)) return;
  const listed = choices.map((choice) => `'${choice}'`).join(' or ');
  throw new InvalidOptionError(`${name} must be ${listed}: ${String(value)}`);
}

const fitKeys = ['fit', 'recipe', 'target'] as const;

/** How to train on the stream, if that is said: `fit` with what stands beside it. */
export function fitOf({
  fit,
  recipe = fit?.recipe,
  target = fit?.target,
}: Pick<AugmentOptions, (typeof fitKeys)[number]>): StreamFitOptions | undefined {
  if (fit === undefined && recipe === undefined && target === undefined) return undefined;
  return { ...fit, recipe, target };
}

/** What the synthetic rows are to be like, if anything is said of it. */
export function conditionsOf({
  ratio,
  ...conditions
}: AugmentOptions): RatioConditions | undefined {
  // A ratio by class and a balance exclude each other, and only that needs to know the ratio.
  return ratioConditions(conditions, typeof ratio === 'number' ? ratio : 0);
}

/** Refuses what cannot number a partition. */
export function checkPartition(partition: unknown): void {
  if (partition !== undefined && !(Number.isSafeInteger(partition) && (partition as number) >= 0)) {
    throw new InvalidOptionError(`partition must be a whole number from 0: ${String(partition)}`);
  }
}

function checkModelSource(model: unknown): void {
  if (model === undefined || typeof model === 'string' || typeof model === 'function') return;
  if (typeof model === 'object' && model !== null && ('manifest' in model || 'then' in model)) {
    // Its failure is raised when the model is needed; until then it must not end the process.
    if (model instanceof Promise) model.catch(() => {});
    return;
  }
  throw new InvalidOptionError(
    `model must be a model, a directory, or what gives a model: ${String(model)}`,
  );
}

/** Refuses options that cannot be used. */
export function checkStreamFitOptions(fit: StreamFitOptions): void {
  const { rows, after } = fit;
  if (rows !== undefined && !(Number.isSafeInteger(rows) && rows >= 2)) {
    throw new InvalidOptionError(`fit.rows must be a whole number from 2: ${rows}`);
  }
  if (after !== undefined && !(Number.isSafeInteger(after) && after >= 2)) {
    throw new InvalidOptionError(`fit.after must be a whole number from 2: ${after}`);
  }
  checkChoice('fit.during', fit.during, ['hold', 'pass']);
  checkChoice('fit.sample', fit.sample, ['first', 'reservoir']);
  checkFitOptions(fit);
}
