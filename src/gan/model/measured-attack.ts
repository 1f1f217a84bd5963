import { isCount, isObject } from './checks.js';

/** How well the best of several membership attacks tells rows that a model was trained on. */
export interface MeasuredAttack {
  /** What the attack goes by: 'distance', 'density' or 'boosting'. */
  readonly name: string;
  /** Area under its ROC curve: 0.5 is guessing. */
  readonly auc: number;
  /** Where the middle 95 % of the AUC begin, by the bootstrap. */
  readonly low: number;
  /** Where they end. */
  readonly high: number;
  /** Rows that were tried. */
  readonly rows: {
    /** Rows that the model was trained on. */
    readonly members: number;
    /** Rows that were held out. */
    readonly others: number;
    /** Synthetic rows that the attacks saw. */
    readonly synthetic: number;
  };
}

/** Whether a value from a file is such a measurement. */
export function isMeasuredAttack(value: unknown): value is MeasuredAttack {
  if (!isObject(value) || typeof value.name !== 'string' || !isObject(value.rows)) return false;
  const { members, others, synthetic } = value.rows;
  return (
    [value.auc, value.low, value.high].every(isShare) && [members, others, synthetic].every(isCount)
  );
}

const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
