import { accuracy, confusion, f1, logLoss, macroF1, mostProbable } from '../scores/classes.js';
import { meanAbsoluteError, rSquared } from '../scores/numbers.js';
import { averagePrecision, type Ranking, rank, rocAuc } from '../scores/ranking.js';
import type { Target } from './target.js';

/** What a prediction is scored by. Greater is better, but for `logLoss` and `meanAbsoluteError`. */
export type Measure =
  | 'f1'
  | 'macroF1'
  | 'accuracy'
  | 'rocAuc'
  | 'averagePrecision'
  | 'logLoss'
  | 'r2'
  | 'meanAbsoluteError';

export type Scores = Readonly<Partial<Record<Measure, number>>>;

/** Measures of which less is better. */
export const losses: ReadonlySet<string> = new Set<Measure>(['logLoss', 'meanAbsoluteError']);

/** Scores predictions, each row as often as `weights` say. */
export type Scorer = (weights?: ArrayLike<number>) => Scores;

/**
 * A scorer of predictions on rows whose target is `truth`.
 *
 * Two classes: F1, area under the ROC curve and average precision of the positive one, macro-F1 and
 * accuracy. More: macro-F1, accuracy, and the mean over the classes of one-against-the-rest areas
 * and precisions. The log loss of both is that of the row's own class. Numbers: R² and the mean absolute error.
 */
export function scorerOf(truth: Float64Array, predicted: Float64Array, target: Target): Scorer {
  const { task, positive } = target;
  if (task.kind === 'regression') {
    return (weights) => ({
      r2: rSquared(truth, predicted, weights),
      meanAbsoluteError: meanAbsoluteError(truth, predicted, weights),
    });
  }
  const { classes } = task;
  const taken = mostProbable(predicted, classes);
  const about = positive === undefined ? Array.from({ length: classes }, (_, k) => k) : [positive];
  const rankings = about.map((code) => oneAgainstRest(truth, predicted, classes, code));
  return (weights) => {
    const counts = confusion(truth, taken, classes, weights);
    const mean = (
      score: (ranking: Ranking, is: Uint8Array, weights?: ArrayLike<number>) => number,
    ) => meanOf(rankings.map(({ ranking, is }) => score(ranking, is, weights)));
    return {
      ...(positive === undefined ? {} : { f1: f1(counts, classes, positive) }),
      macroF1: macroF1(counts, classes),
      accuracy: accuracy(counts, classes),
      rocAuc: mean(rocAuc),
      averagePrecision: mean(averagePrecision),
      logLoss: logLoss(truth, predicted, classes, weights),
    };
  };
}

function oneAgainstRest(
  truth: Float64Array,
  predicted: Float64Array,
  classes: number,
  code: number,
) {
  const scores = Float64Array.from(truth, (_, row) => predicted[row * classes + code] as number);
  return { ranking: rank(scores), is: Uint8Array.from(truth, (own) => +(own === code)) };
}

/** Of the classes that occur. */
function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
