import { deviationOf, finite, meanOf } from '../../columns/statistics.js';

/** A score over several seeds. */
export interface Estimate {
  /** The mean of the trainings; null if one has no score. */
  readonly mean: number | null;
  /** Sample standard deviation over the seeds. */
  readonly deviation: number | null;
  /** The score of each training. */
  readonly values: readonly (number | null)[];
}

export function estimate(scores: readonly (number | undefined)[]): Estimate {
  const values = scores.map(finite);
  const known = values.filter((value) => value !== null);
  const deviation = known.length === 0 ? null : deviationOf(known);
  return { mean: meanOf(values), deviation, values };
}
