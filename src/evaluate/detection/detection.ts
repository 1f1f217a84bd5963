import type { Rows } from '../../columns/column.js';
import { drawIndices, joinRows, sampleRows, takeRows } from '../../columns/select.js';
import { finite, meanOf } from '../../columns/statistics.js';
import type { Random } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { trainBoosting } from '../models/boosting/boosting.js';
import { trainCnn } from '../models/cnn.js';
import { trainLinear } from '../models/linear/linear.js';
import type { Examples, Trainer } from '../models/model.js';
import type { ModelName } from '../models/trainers.js';
import { rank, rocAuc } from '../scores/ranking.js';

/** How well a classifier tells synthetic rows from real ones: a two-sample test (C2ST). */
export interface Detection {
  /**
   * 1 − the mean of 2 max(½, AUC) − 1 over the folds: 1 where it cannot tell, 0 where it always can;
   * `null` of too few rows to tell.
   */
  readonly score: number | null;
  /** Area under the ROC curve on each fold's own rows, of a classifier that saw the others. */
  readonly auc: readonly (number | null)[];
}

/**
 * Logistic regression as in SDMetrics' LogisticDetection, boosted trees, which see far more, or of
 * images alone a small convolutional network.
 */
export type Detector = ModelName;

const task = { kind: 'classification', classes: 2 } as const;

const trainers: Readonly<
  Record<Detector, (examples: Examples, signal?: AbortSignal) => ReturnType<Trainer>>
> = {
  linear: (examples) => trainLinear(examples, task, { scaling: 'robust', iterations: 100 }),
  boosting: (examples) => trainBoosting(examples, task, { rounds: 50 }),
  cnn: (examples, signal) => trainCnn(examples, task, 'detection', signal),
};

const folds = 3;

/** How many rows of each side are drawn, where nothing else is said. */
export const detectionRows = 10_000;

interface DetectionOptions {
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Trains a detector on two thirds of the rows and tests it on the rest, three times. */
export async function detect(
  real: Rows,
  synthetic: Rows,
  detector: Detector,
  random: Random,
  { limit = detectionRows, signal }: DetectionOptions = {},
): Promise<Detection> {
  const sides = [
    sampleRows(real, limit, random.fork('real')),
    sampleRows(synthetic, limit, random.fork('synthetic')),
  ] as const;
  const all = joinRows(...sides);
  const isReal = Float64Array.from({ length: all.length }, (_, row) => +(row < sides[0].length));
  const foldOf = stratify(sides[0].length, sides[1].length, random);
  const rows = Int32Array.from(foldOf.keys());
  const examples = (indices: Int32Array) => ({
    features: takeRows(all, indices),
    target: Float64Array.from(indices, (row) => isReal[row] as number),
  });
  const auc: (number | null)[] = [];
  for (let fold = 0; fold < folds; fold++) {
    await yieldToEventLoop(signal);
    const seen = examples(rows.filter((row) => foldOf[row] !== fold));
    const unseen = examples(rows.filter((row) => foldOf[row] === fold));
    const predict = await trainers[detector](seen, signal);
    const predicted = await predict(unseen.features);
    const scores = Float64Array.from(unseen.target, (_, row) => predicted[2 * row + 1] as number);
    auc.push(finite(rocAuc(rank(scores), unseen.target)));
  }
  const told = meanOf(auc.map((own) => (own === null ? null : 2 * Math.max(0.5, own) - 1)));
  return { score: told === null ? null : 1 - told, auc };
}

/** A fold for each row, so that each has its share of both sides. */
function stratify(first: number, second: number, random: Random): Uint8Array {
  const foldOf = new Uint8Array(first + second);
  for (const [start, length] of [
    [0, first],
    [first, second],
  ] as const) {
    drawIndices(length, length, random.fork('folds', start)).forEach((row, place) => {
      foldOf[start + row] = place % folds;
    });
  }
  return foldOf;
}
