import { confusion, macroF1, mostProbable } from '../scores/classes.js';
import type { ArmFold } from './arm.js';
import type { Outcomes } from './arm-gain.js';

/** Weights of the positive class that are tried. */
const weightsTried = [0.25, 0.5, 0.7, 1, 1.4, 2, 3, 5, 8, 12, 20, 40];

/**
 * Adds an arm whose predictions are those of real rows alone with another threshold: of each fold the
 * one that suits the other folds of its repeat best. Of two classes, and where there are folds.
 */
export function moveThreshold(outcomes: Outcomes, folds: readonly ArmFold[], name: string): void {
  const { target, arms } = outcomes;
  const { positive } = target;
  if (positive === undefined) return;
  const moved = new Map<string, Float64Array>();
  for (const [key, predicted] of arms.get('real') ?? []) {
    const own = folds.filter(({ repeat }) => key.startsWith(`${repeat} `));
    if (own.length < 2) return;
    const result = predicted.slice();
    for (const { test } of own) {
      const others = own.flatMap((fold) => (fold.test === test ? [] : [...fold.test]));
      const weight = bestWeight(outcomes, predicted, others, positive);
      for (const row of test) weigh(result, row, positive, weight);
    }
    moved.set(key, result);
  }
  arms.set(name, moved);
}

function bestWeight(
  { truth }: Outcomes,
  predicted: Float64Array,
  rows: readonly number[],
  positive: number,
): number {
  const known = rows.filter(
    (row) => !(Number.isNaN(truth[row]) || Number.isNaN(predicted[2 * row])),
  );
  const own = Float64Array.from(known, (row) => truth[row] as number);
  const scores = weightsTried.map((weight) => {
    const all = new Float64Array(2 * known.length);
    known.forEach((row, k) => {
      all.set(predicted.subarray(2 * row, 2 * row + 2), 2 * k);
      weigh(all, k, positive, weight);
    });
    return macroF1(confusion(own, mostProbable(all, 2), 2), 2);
  });
  return weightsTried[scores.indexOf(Math.max(...scores))] ?? 1;
}

/** The two probabilities of a row with the odds of the positive class times `weight`. */
function weigh(probabilities: Float64Array, row: number, positive: number, weight: number): void {
  const [own, other] = [2 * row + positive, 2 * row + 1 - positive];
  const raised = weight * (probabilities[own] as number);
  const total = raised + (probabilities[other] as number);
  probabilities[own] = raised / total;
  probabilities[other] = (probabilities[other] as number) / total;
}
