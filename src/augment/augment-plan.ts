import { type RatioConditions, ratioConditions } from '../gan/conditions/options.js';
import type { TranslateOption } from '../gan/families/translate-option.js';
import type { FitOptions } from '../gan/fit/options.js';
import type { SamplingTarget } from '../gan/sampling/sampling-target.js';
import { checkOptions } from '../options/check.js';
import type { Seed } from '../random.js';
import { createShares, type Shares } from './mixing/shares.js';
import { type AugmentOptions, augmentOptions } from './options/augment-options.js';
import { checkTogether } from './options/check-together.js';
import type { DriftOptions } from './options/drift.js';
import type { GateOptions } from './options/gate.js';
import { deferFailure, type ModelSource } from './options/model-source.js';
import type { RatioOption } from './options/ratio.js';
import { autoRecipe, defaultFitRows } from './options/stream-fit.js';

/**
 * What is to be done, with every default in its place: options are resolved into it once, and
 * everything else reads it alone.
 */
export interface AugmentPlan {
  readonly ratio: RatioOption;
  readonly shares: Shares;
  readonly mode: 'append' | 'replace';
  readonly placement: 'interleave' | 'append';
  /** Synthetic rows in all, at most; infinite where there is no limit. */
  readonly limit: number;
  readonly seed: Seed;
  readonly partition: number;
  /** Real rows of the partitions before. */
  readonly rowsBefore: number;
  readonly mark: string | undefined;
  readonly clock: (() => Date) | undefined;
  /** The model to use; undefined where one is trained. */
  readonly model: ModelSource | undefined;
  readonly fit: FitPlan;
  /** What is made anew of a real row; undefined where the model says, or rows are made from noise. */
  readonly translate: TranslateOption | undefined;
  readonly conditions: RatioConditions | undefined;
  readonly onConditions: AugmentOptions['onConditions'];
  readonly sampling: SamplingTarget;
  readonly gate: GatePlan | undefined;
  readonly rejectCloserThan: number | undefined;
  /** Highest AUC of an attack on a model that is used; undefined where none is made. */
  readonly attack: number | undefined;
  /** The column whose classes a model of the real rows is to agree with. */
  readonly agree: string | undefined;
  /** Share of the rows that is not trained on, to measure a model by. */
  readonly holdout: number;
  readonly drift: DriftPlan | undefined;
}

/** Which rows are trained on, when, and how. */
export interface FitPlan {
  readonly rows: number;
  readonly during: 'hold' | 'pass';
  /** Which rows; undefined for those that the source lets: all evenly, or the first. */
  readonly sample: 'even' | 'first' | 'reservoir' | undefined;
  /** Rows to see before the training starts, where rows pass meanwhile. */
  readonly after: number;
  readonly seed: Seed;
  /** Whether the gate chooses what rows are made by. */
  readonly isAuto: boolean;
  /** What `fitModel` is told. */
  readonly settings: FitOptions;
}

/** What the gate measures, and on what. */
export interface GatePlan {
  readonly target: string;
  /** Share of the rows to test on, where the user says one. */
  readonly holdout: number | undefined;
  readonly mix: 'if it helps' | 'unless it hurts';
  /** Rows to test on, where they are not drawn from those of the stream. */
  readonly rows: Exclude<GateOptions['holdout'], number | undefined> | undefined;
  readonly atLeast: number | undefined;
  readonly seconds: number | undefined;
  readonly thread: 'worker' | 'caller';
}

/** Rows that are compared at once, when they have drifted, and whether another model is trained then. */
export type DriftPlan = { readonly [Key in keyof DriftOptions]-?: NonNullable<DriftOptions[Key]> };

/** Whether rows that neither help nor hurt, as far as can be told, are mixed in by default. */
const defaultMix = 'if it helps';

/** How many times the rows of a reservoir go by before it is trained on, by default. */
const defaultPasses = 4;

/**
 * Resolves options into a plan; nothing is read or started.
 *
 * @throws InvalidOptionError for options that cannot be used.
 */
export function planAugmentation(options: AugmentOptions): AugmentPlan {
  checkOptions(augmentOptions, options);
  checkTogether(options);
  deferFailure(options.model);
  const { ratio, mode = 'append', placement = 'interleave', seed = 0, partition = 0 } = options;
  const { limit = Number.POSITIVE_INFINITY, mark, clock, model, rowsBefore = 0 } = options;
  const shares = createShares(ratio);
  // A ratio by class and a balance exclude each other, and only that needs to know the ratio.
  const conditions = ratioConditions(options, typeof ratio === 'number' ? ratio : 0);
  return {
    ...{ ratio, mode, placement, seed, partition, rowsBefore, limit, mark, clock, model },
    rejectCloserThan: options.rejectCloserThan,
    attack: options.privacy?.attack,
    agree: agreeTarget(options),
    translate: options.translate ?? options.fit?.translate,
    shares: limit === 0 ? { ...shares, isZero: true } : shares,
    fit: planFit(options, conditions),
    conditions,
    onConditions: options.onConditions,
    sampling: options.sample ?? {},
    gate: planGate(options),
    holdout: holdoutShare(options),
    drift: planDrift(options),
  };
}

function planFit(options: AugmentOptions, conditions: RatioConditions | undefined): FitPlan {
  const { fit = {}, translate = fit.translate } = options;
  const wanted = options.recipe ?? fit.recipe;
  const isAuto = wanted === autoRecipe;
  const target = options.target ?? fit.target ?? (isAuto ? options.gate?.target : undefined);
  const recipe = wanted === autoRecipe ? undefined : wanted;
  const { rows = defaultFitRows, during = 'hold', sample, after, ...settings } = fit;
  const seed = fit.seed ?? options.seed ?? 0;
  return {
    ...{ rows, during, sample, seed, isAuto },
    after: after ?? (sample === 'reservoir' ? defaultPasses * rows : rows),
    settings: { ...settings, recipe, target, translate, seed, conditions },
  };
}

function planGate({ gate: given, recipe, target, fit }: AugmentOptions): GatePlan | undefined {
  const isAuto = (recipe ?? fit?.recipe) === autoRecipe;
  // The gate is what chooses.
  const gate = given ?? (isAuto ? {} : undefined);
  if (gate === undefined) return undefined;
  const { holdout, atLeast, seconds, mix = defaultMix, thread = fit?.thread ?? 'worker' } = gate;
  return {
    target: (gate.target ?? target ?? fit?.target) as string,
    holdout: typeof holdout === 'number' ? holdout : undefined,
    rows: typeof holdout === 'number' ? undefined : holdout,
    atLeast,
    seconds,
    mix,
    thread,
  };
}

/** The column of classes that is agreed on; `checkTogether` has seen that there is one. */
function agreeTarget({ agree, target, fit, gate }: AugmentOptions): string | undefined {
  if (agree === undefined || agree === false) return undefined;
  return target ?? fit?.target ?? gate?.target;
}

function holdoutShare({ gate, rejectCloserThan }: AugmentOptions): number {
  const { holdout = 0.2 } = gate ?? {};
  if (gate && typeof holdout === 'number') return holdout;
  return rejectCloserThan ? 0.1 : 0;
}

function planDrift({ drift }: AugmentOptions): DriftPlan | undefined {
  if (drift === undefined) return undefined;
  const { window = 10_000, threshold = 0.25, refit = false } = drift;
  return { window, threshold, refit };
}
