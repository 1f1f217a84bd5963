import type { ArmMeasure } from '../../evaluate/utility/arm.js';
import type { RatioOption } from '../options/ratio.js';

/** A difference, and where its middle 95 % lie. */
export interface GainInterval {
  /** The mean. */
  readonly mean: number | null;
  /** The 2.5th percentile. */
  readonly low: number | null;
  /** The 97.5th percentile. */
  readonly high: number | null;
}

/** What something gains over real rows alone in predicting real rows that were not learned from. */
export interface Gain {
  /** What decides: of classes the mean of the gains in macro-F1 and average precision; of numbers R². */
  readonly gain: GainInterval;
  /** Measure by measure; of the log loss, by how much it is lower. */
  readonly measures: Readonly<Partial<Record<ArmMeasure, GainInterval>>>;
}

/** Whether synthetic rows help: 'cannot tell' where the interval of the gain has 0 in it. */
export type Help = 'helps' | 'hurts' | 'cannot tell';

/** What came of one way of mixing that was tried. */
export interface GateTrial extends Gain {
  /** Name of the recipe, where there were several. */
  readonly recipe?: string;
  /** Share of the output that is synthetic. */
  readonly ratio: RatioOption;
  /** The column whose classes were balanced, where the gate has chosen that. */
  readonly balance?: string;
  /** Whether a model of the real rows agreed with each row's class, where the gate has chosen that. */
  readonly agree?: boolean;
  readonly verdict: Help;
  /** Whether it may be mixed in, by `gate.mix` or `gate.atLeast`. */
  readonly passed: boolean;
}

/** What the gate has decided, and why. */
export interface GateVerdict {
  /** Of the best trial that may be mixed in, or else of the best one. */
  readonly verdict: Help;
  /** Whether synthetic rows are mixed in. */
  readonly mixes: boolean;
  /** What is mixed in; 0 where nothing is. */
  readonly ratio: RatioOption;
  /** Name of the recipe that is taken, where the gate has chosen one. */
  readonly recipe?: string;
  /** The column whose classes are balanced, where the gate has chosen that. */
  readonly balance?: string;
  /** Whether a model of the real rows agrees with each row's class, where the gate has chosen that. */
  readonly agree?: boolean;
  /** The column that was predicted. */
  readonly target: string;
  /** What the gain is measured in. */
  readonly measure: 'mean of macro F1 and average precision' | 'R²';
  /** In words: what was found, what is done, and what would do better, if anything. */
  readonly reason: string;
  /** What that trial gained. */
  readonly gain: GainInterval;
  /** What was tried, in the order of the trials. */
  readonly trials: readonly GateTrial[];
  /**
   * What costs nothing, measured beside: classes of equal weight, another threshold and, of few rows,
   * classes balanced by SMOTE-NC.
   */
  readonly free: Readonly<Record<string, Gain>>;
  /** How it was measured. */
  readonly by: {
    /** Real rows that were tested. */
    readonly rows: number;
    /** Parts that the rows were cut into; 1 where some were held out once. */
    readonly folds: number;
    /** Times that the rows were cut anew. */
    readonly repeats: number;
    /** Whether the time was up before all of that was measured. */
    readonly isCut?: boolean;
  };
}
