import type { Task } from '../model.js';
import { logisticRows, softmaxRows } from '../softmax.js';

/** A loss over raw scores, row-major, one number a row for each tree of a round. */
export interface Loss {
  /** The constant scores that fit best. */
  readonly start: readonly number[];
  derive(
    scores: Float64Array,
    gradients: readonly Float32Array[],
    hessians: readonly Float32Array[],
  ): void;
  /** Scores as probabilities of all classes, or as numbers. */
  predict(scores: Float64Array): Float64Array;
}

export function lossOf(task: Task, target: Float64Array, weights?: Float64Array): Loss {
  const loss = plainLossOf(task, target, weights);
  return weights ? weighted(loss, weights) : loss;
}

function plainLossOf(task: Task, target: Float64Array, weights?: Float64Array): Loss {
  if (task.kind === 'regression') return squaredError(target, weights);
  return task.classes <= 2
    ? binaryLogLoss(target, weights)
    : logLoss(target, task.classes, weights);
}

/** The same loss, each row as often as its weight says. */
function weighted(loss: Loss, weights: Float64Array): Loss {
  return {
    ...loss,
    derive(scores, gradients, hessians) {
      loss.derive(scores, gradients, hessians);
      for (const own of [...gradients, ...hessians]) {
        for (let row = 0; row < own.length; row++) {
          own[row] = (own[row] as number) * (weights[row] as number);
        }
      }
    },
  };
}

function squaredError(target: Float64Array, weights?: Float64Array): Loss {
  return {
    start: [meanOf(target, weights)],
    derive(scores, [gradients], [hessians]) {
      if (!gradients || !hessians) return;
      for (let row = 0; row < target.length; row++) {
        gradients[row] = (scores[row] as number) - (target[row] as number);
      }
      hessians.fill(1);
    },
    predict: (scores) => scores,
  };
}

function binaryLogLoss(target: Float64Array, weights?: Float64Array): Loss {
  const share = clip(meanOf(target, weights));
  return {
    start: [Math.log(share / (1 - share))],
    derive(scores, [gradients], [hessians]) {
      if (!gradients || !hessians) return;
      for (let row = 0; row < target.length; row++) {
        const probability = 1 / (1 + Math.exp(-(scores[row] as number)));
        gradients[row] = probability - (target[row] as number);
        hessians[row] = probability * (1 - probability);
      }
    },
    predict: logisticRows,
  };
}

function logLoss(target: Float64Array, classes: number, weights?: Float64Array): Loss {
  const counts = new Float64Array(classes);
  let total = 0;
  for (const [row, code] of target.entries()) {
    const weight = weights?.[row] ?? 1;
    counts[code] = (counts[code] as number) + weight;
    total += weight;
  }
  const logs = Array.from(counts, (count) => Math.log(clip(count / total)));
  const mean = logs.reduce((sum, log) => sum + log, 0) / classes;
  return {
    start: logs.map((log) => log - mean),
    derive(scores, gradients, hessians) {
      const probabilities = softmaxRows(scores.slice(), classes);
      for (let row = 0, at = 0; row < target.length; row++) {
        for (let code = 0; code < classes; code++, at++) {
          const probability = probabilities[at] as number;
          (gradients[code] as Float32Array)[row] = probability - +(target[row] === code);
          (hessians[code] as Float32Array)[row] = probability * (1 - probability);
        }
      }
    },
    predict: (scores) => softmaxRows(scores, classes),
  };
}

function meanOf(values: Float64Array, weights?: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    sum += weight * (values[row] as number);
    total += weight;
  }
  return sum / total;
}

function clip(share: number): number {
  return Math.min(Math.max(share, 1e-15), 1 - 1e-15);
}
