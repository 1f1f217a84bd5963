import type { RecordBatch } from 'apache-arrow';
import type { Seed } from '../../random.js';
import type { ModelName } from '../models/trainers.js';
import type { Interval } from './interval.js';

/** Rows to learn from and to test on, and what is learned from besides. */
export interface ArmFold {
  /** Rows that are tested by folds of one repeat are tested once. */
  readonly repeat: number;
  /** Places of real rows. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** Synthetic rows that know nothing of those to test on, by arm; an arm may lack some repeats. */
  readonly synthetic: Readonly<Record<string, readonly RecordBatch[]>>;
}

/** Arms to compare with real rows alone. */
export interface ArmOptions {
  readonly real: readonly RecordBatch[];
  readonly folds: readonly ArmFold[];
  /** Column to predict. */
  readonly target: string;
  /** What is trained. Default: boosted trees; where there are images, a CNN. */
  readonly model?: ModelName | undefined;
  /** Trainings of each arm of each fold. Default: one. */
  readonly seeds?: readonly Seed[] | undefined;
  /** When nothing more is begun, in ms since 1970; at least one training of each arm is. Default: no limit. */
  readonly until?: number | undefined;
  /** Stops the work; it ends with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What a predictor is measured by. */
export const armMeasures = ['macroF1', 'averagePrecision', 'logLoss', 'r2'] as const;
export type ArmMeasure = (typeof armMeasures)[number];

/** What one arm gains over real rows alone; of the log loss, by how much it is lower. */
export interface ArmGain {
  /** What decides: of classes the mean of the gains in macro-F1 and average precision; of numbers R². */
  readonly gain: Interval;
  readonly measures: Readonly<Partial<Record<ArmMeasure, Interval>>>;
}

/** What is said of arms. Plain JSON. */
export interface ArmComparison {
  readonly task: 'classification' | 'regression';
  /** The positive class, of two. */
  readonly positive?: string;
  /** Real rows that were tested; fewer than all where the time was up. */
  readonly tested: number;
  /** Trainings of each arm; fewer than folds × seeds where the time was up. */
  readonly trainings: number;
  /** Scores of real rows alone. */
  readonly real: Readonly<Partial<Record<ArmMeasure, number>>>;
  readonly arms: Readonly<Record<string, ArmGain>>;
  /** What costs nothing: classes of equal weight, and another threshold than the most probable class. */
  readonly free: Readonly<Record<string, ArmGain>>;
}
