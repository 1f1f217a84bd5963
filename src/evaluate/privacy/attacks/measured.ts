import { finite, quantileOf } from '../../../columns/statistics.js';
import type { Random } from '../../../random.js';
import { drawWeights } from '../../utility/draw-weights.js';

/** A figure, and where its middle 95 % lie by the bootstrap. */
export interface Measured {
  /** Of all rows; null where it cannot be computed. */
  readonly value: number | null;
  /** The 2.5th percentile. */
  readonly low: number | null;
  /** The 97.5th percentile. */
  readonly high: number | null;
}

const resamples = 200;

/**
 * A statistic with its percentile interval: 200 times as many rows of each group are drawn from it with
 * replacement.
 *
 * @param groups Rows of each group.
 * @param statistic Of the rows as often as the weights of each group say; without weights, of each once.
 *
 * Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap.
 */
export function bootstrap(
  groups: readonly number[],
  statistic: (weights?: readonly Uint16Array[]) => number,
  random: Random,
): Measured {
  const drawn = Float64Array.from({ length: resamples }, () =>
    statistic(groups.map((rows) => drawWeights(rows, random))),
  )
    .filter((value) => !Number.isNaN(value))
    .sort();
  return {
    value: finite(statistic()),
    low: finite(quantileOf(drawn, 0.025)),
    high: finite(quantileOf(drawn, 0.975)),
  };
}

/** The mean of some numbers, each as often as its weight says. */
export function weightedMean(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let [sum, total] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const weight = weights ? (weights[k] as number) : 1;
    sum += weight * (values[k] as number);
    total += weight;
  }
  return sum / total;
}
