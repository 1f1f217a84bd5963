import { finite, meanOf, quantileOf } from '../../columns/statistics.js';
import { createRandom } from '../../random.js';
import { drawWeights } from './draw-weights.js';
import { losses, type Measure, type Scorer, type Scores } from './score.js';

/** A difference, and where its middle 95 % lie. */
export interface Interval {
  /** The mean. */
  readonly mean: number | null;
  /** The 2.5th percentile. */
  readonly low: number | null;
  /** The 97.5th percentile. */
  readonly high: number | null;
}

const resamples = 200;

/**
 * What the second of two lists of models, one a seed, scores more than the first.
 *
 * The interval is a paired bootstrap: held-out rows are drawn with replacement, the same for both
 * sides, and a seed with them, so that it holds the luck of the test rows and of the training.
 */
export function liftInterval(
  before: readonly Scorer[],
  after: readonly Scorer[],
  measures: readonly Measure[],
  rows: number,
): Partial<Record<Measure, Interval>> {
  const random = createRandom('lift-interval');
  const whole = before.map((_, seed) => differences(before, after, seed));
  const drawn = Array.from({ length: resamples }, () =>
    differences(before, after, random.integer(before.length), drawWeights(rows, random)),
  );
  return Object.fromEntries(
    measures.map((measure) => {
      const mean = meanOf(whole.map((own) => own[measure] ?? null));
      const sorted = Float64Array.from(drawn, (own) => own[measure] ?? Number.NaN)
        .filter((value) => !Number.isNaN(value))
        .sort();
      return [
        measure,
        { mean, low: finite(quantileOf(sorted, 0.025)), high: finite(quantileOf(sorted, 0.975)) },
      ];
    }),
  );
}

function differences(
  before: readonly Scorer[],
  after: readonly Scorer[],
  seed: number,
  weights?: ArrayLike<number>,
): Scores {
  const [from, to] = [before[seed]?.(weights) ?? {}, after[seed]?.(weights) ?? {}];
  return Object.fromEntries(
    Object.entries(to).map(([measure, score]) => {
      const gain = score - (from[measure as Measure] as number);
      return [measure, losses.has(measure) ? -gain : gain];
    }),
  );
}
