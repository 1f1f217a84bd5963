import type { Examples, Predictor, Task } from '../model.js';
import { logisticRows, softmaxRows } from '../softmax.js';
import { backDesign, type Design, fitDesign, type Scaling, scoreDesign } from './design.js';
import { minimise } from './minimise.js';

export interface LinearOptions {
  /** Weight of ½‖w‖² beside the sum of the losses; intercepts are free. Default: 1. */
  readonly penalty?: number;
  /** Default: 'standard'. */
  readonly scaling?: Scaling;
  /** Default: 300. */
  readonly iterations?: number;
  /** Default: 1e-6, of the mean loss. */
  readonly tolerance?: number;
}

/**
 * Logistic regression of two or more classes, or ridge regression of a number; scikit-learn's
 * LogisticRegression and Ridge with C = α = 1 by default, on one-hot categories and scaled numbers.
 * Deterministic.
 */
export function trainLinear(
  { features, target, weights }: Examples,
  task: Task,
  options: LinearOptions = {},
): Predictor {
  const { penalty = 1, scaling } = options;
  const designer = fitDesign(features, scaling);
  const design = designer(features);
  const outputs = task.kind === 'classification' && task.classes > 2 ? task.classes : 1;
  const loss = lossOf(task, target, weights, outputs);
  const found = minimise(
    (x, gradient) => penalised(design, x, gradient, outputs, penalty, loss),
    new Float64Array(outputs * (1 + design.width)),
    options,
  );
  return (rows) => predictionOf(scoreDesign(designer(rows), found, outputs), task);
}

/** The sum of the losses of all rows; scores become their derivatives, in place. */
type RowLoss = (scores: Float64Array) => number;

function penalised(
  design: Design,
  weights: Float64Array,
  gradient: Float64Array,
  outputs: number,
  penalty: number,
  loss: RowLoss,
): number {
  const scores = scoreDesign(design, weights, outputs);
  let value = loss(scores);
  gradient.fill(0);
  backDesign(design, scores, outputs, gradient);
  for (let k = outputs; k < weights.length; k++) {
    value += (penalty / 2) * (weights[k] as number) ** 2;
    gradient[k] = (gradient[k] as number) + penalty * (weights[k] as number);
  }
  for (let k = 0; k < gradient.length; k++) gradient[k] = (gradient[k] as number) / design.rows;
  return value / design.rows;
}

function lossOf(
  task: Task,
  target: Float64Array,
  weights: Float64Array | undefined,
  outputs: number,
): RowLoss {
  const weightOf = weights ? (row: number) => weights[row] as number : () => 1;
  if (task.kind === 'regression') return (scores) => squaredErrors(scores, target, weightOf);
  return outputs === 1
    ? (scores) => binaryLosses(scores, target, weightOf)
    : (scores) => multinomialLosses(scores, target, weightOf, outputs);
}

type WeightOf = (row: number) => number;

/** ½ Σ (score − y)². */
function squaredErrors(scores: Float64Array, target: Float64Array, weightOf: WeightOf): number {
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const error = (scores[row] as number) - (target[row] as number);
    scores[row] = weightOf(row) * error;
    sum += weightOf(row) * ((error * error) / 2);
  }
  return sum;
}

function binaryLosses(scores: Float64Array, target: Float64Array, weightOf: WeightOf): number {
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const [score, is] = [scores[row] as number, target[row] as number];
    // log(1 + exp(s)) − y s, without overflow.
    const loss = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - is * score;
    sum += weightOf(row) * loss;
    scores[row] = weightOf(row) * (1 / (1 + Math.exp(-score)) - is);
  }
  return sum;
}

function multinomialLosses(
  scores: Float64Array,
  target: Float64Array,
  weightOf: WeightOf,
  classes: number,
): number {
  softmaxRows(scores, classes);
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const at = row * classes + (target[row] as number);
    sum -= weightOf(row) * Math.log(Math.max(scores[at] as number, Number.MIN_VALUE));
    scores[at] = (scores[at] as number) - 1;
    for (let k = row * classes; k < (row + 1) * classes; k++) {
      scores[k] = weightOf(row) * (scores[k] as number);
    }
  }
  return sum;
}

function predictionOf(scores: Float64Array, task: Task): Float64Array {
  if (task.kind === 'regression') return scores;
  if (task.classes > 2) return softmaxRows(scores, task.classes);
  return logisticRows(scores);
}
