import { finite, meanOf, quantileOf } from '../../columns/statistics.js';
import type { Random } from '../../random.js';
import { type ArmGain, type ArmMeasure, armMeasures } from './arm.js';
import { drawWeights } from './draw-weights.js';
import type { Interval } from './interval.js';
import { losses, type Scorer, type Scores, scorerOf } from './score.js';
import type { Target } from './target.js';

const resamples = 300;

/** Predictions of rows that were tested: by arm, and by what was repeated. */
export interface Outcomes {
  /** The target of each real row; NaN where it is unknown. */
  readonly truth: Float64Array;
  readonly target: Target;
  /** [rows, classes] or [rows], NaN where a row was not tested. */
  readonly arms: Map<string, Map<string, Float64Array>>;
}

/** Scores of one arm, as means over the repeats. */
export function meanScores(outcomes: Outcomes, arm: string): Scores {
  const scorers = [...(outcomes.arms.get(arm)?.values() ?? [])].map(
    (predicted) => scorer(outcomes, predicted).score,
  );
  return meanOfAll(scorers.map((score) => score()));
}

/** What an arm gains over real rows alone, repeat by repeat, and where its middle 95 % lie. */
export function gainOf(outcomes: Outcomes, arm: string, random: Random): ArmGain {
  const before = outcomes.arms.get('real');
  const pairs = [...(outcomes.arms.get(arm) ?? [])].flatMap(([key, predicted]) => {
    const real = before?.get(key);
    return real ? [{ real: scorer(outcomes, real), own: scorer(outcomes, predicted) }] : [];
  });
  const differences = (draw?: () => Uint16Array): Scores => {
    // The same rows for all repeats and both sides.
    const all = draw?.();
    return meanOfAll(
      pairs.map(({ real, own }) => {
        const weights = all && Uint16Array.from(own.rows, (row) => all[row] as number);
        const [from, to] = [real.score(weights), own.score(weights)];
        return Object.fromEntries(
          Object.entries(to).map(([measure, score]) => {
            const gain = score - (from[measure as ArmMeasure] as number);
            return [measure, losses.has(measure) ? -gain : gain];
          }),
        );
      }),
    );
  };
  const whole = differences();
  const rows = outcomes.truth.length;
  const stream = random.fork(arm);
  const drawn = Array.from({ length: resamples }, () =>
    differences(() => drawWeights(rows, stream)),
  );
  const measures = armMeasures.filter((measure) => whole[measure] !== undefined);
  const intervals = measures.map((measure) => [
    measure,
    intervalOf(
      whole[measure],
      drawn.map((own) => own[measure]),
    ),
  ]);
  return {
    gain: intervalOf(combined(whole), drawn.map(combined)),
    measures: Object.fromEntries(intervals),
  };
}

/** What decides. */
function combined({ macroF1, averagePrecision, r2 }: Scores): number | undefined {
  if (r2 !== undefined) return r2;
  return ((macroF1 as number) + (averagePrecision as number)) / 2;
}

function intervalOf(mean: number | undefined, drawn: readonly (number | undefined)[]): Interval {
  const sorted = Float64Array.from(drawn, (value) => value ?? Number.NaN)
    .filter((value) => !Number.isNaN(value))
    .sort();
  return {
    mean: finite(mean),
    low: finite(quantileOf(sorted, 0.025)),
    high: finite(quantileOf(sorted, 0.975)),
  };
}

/** A scorer of the rows that were tested, and which these are. */
function scorer(
  { truth, target }: Outcomes,
  predicted: Float64Array,
): { score: Scorer; rows: Int32Array } {
  const width = predicted.length / truth.length;
  const rows = Int32Array.from(truth.keys()).filter(
    (row) => !Number.isNaN(truth[row]) && !Number.isNaN(predicted[row * width]),
  );
  const own = new Float64Array(rows.length * width);
  rows.forEach((row, k) => {
    own.set(predicted.subarray(row * width, (row + 1) * width), k * width);
  });
  const tested = Float64Array.from(rows, (row) => truth[row] as number);
  return { score: scorerOf(tested, own, target), rows };
}

function meanOfAll(all: readonly Scores[]): Scores {
  const names = Object.keys(all[0] ?? {}) as ArmMeasure[];
  return Object.fromEntries(
    names.map((name) => [name, meanOf(all.map((own) => own[name] ?? null)) ?? Number.NaN]),
  );
}
