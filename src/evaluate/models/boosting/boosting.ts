import type { Rows } from '../../../columns/column.js';
import { createRandom, type Random, type Seed } from '../../../random.js';
import type { Examples, Predictor, Task } from '../model.js';
import { type Binner, fitBinner } from './bins.js';
import { lossOf } from './loss.js';
import { growTree, type Tree } from './tree.js';

export interface BoostingOptions {
  /** Rounds; each grows one tree, or one for each of three or more classes. Default: 100. */
  readonly rounds?: number;
  /** Default: 0.1. */
  readonly rate?: number;
  /** Default: 31. */
  readonly maximumLeaves?: number;
  /** Default: 20. */
  readonly minimumLeafRows?: number;
  /** Default: 0. */
  readonly l2?: number;
  /** Chance of a row to be seen by a round. Default: 1. */
  readonly subsample?: number;
  readonly seed?: Seed;
}

/**
 * Gradient-boosted trees over histograms: log loss for classes, squared error for numbers.
 *
 * Defaults and rules are those of scikit-learn's HistGradientBoosting without early stopping; nulls
 * go to the side where they help, categories are split by their mean gradient. The work of a round
 * grows with rows × features. Deterministic: the seed matters only where `subsample` is below 1.
 *
 * Sources: Friedman 2001; Ke et al. 2017, LightGBM.
 */
export function trainBoosting(
  { features, target, weights }: Examples,
  task: Task,
  options: BoostingOptions = {},
): Predictor {
  const { rounds = 100, rate = 0.1, subsample = 1, seed = 0 } = options;
  const { maximumLeaves = 31, minimumLeafRows = 20, l2 = 0 } = options;
  const rules = { maximumLeaves, minimumLeafRows, l2 };
  const rows = features.length;
  const loss = lossOf(task, target, weights);
  const outputs = loss.start.length;
  const binners = features.columns.map(fitBinner);
  const binAll = ({ columns }: Rows) => columns.map((own, k) => (binners[k] as Binner).bin(own));
  const bins = binAll(features);
  const binned = {
    bins,
    counts: binners.map(({ count }) => count),
    categorical: binners.map(({ categorical }) => categorical),
    missing: binners.map(({ count }, k) => (bins[k] as Uint8Array).includes(count - 1)),
  };
  const scores = startScores(loss.start, rows);
  const gradients = loss.start.map(() => new Float32Array(rows));
  const hessians = loss.start.map(() => new Float32Array(rows));
  const random = createRandom(seed);
  const trees: Tree[] = [];
  const pool: Float64Array[] = [];
  for (let round = 0; round < rounds; round++) {
    loss.derive(scores, gradients, hessians);
    const [seen, unseen] = drawRound(rows, subsample, random.fork(round));
    for (let output = 0; output < outputs; output++) {
      const tree = growTree(
        binned,
        gradients[output] as Float32Array,
        hessians[output] as Float32Array,
        seen.slice(),
        rules,
        pool,
      );
      tree.addToGrown(scores, rate, outputs, output);
      tree.addTo(scores, bins, unseen, rate, outputs, output);
      trees.push(tree);
    }
  }
  return (others) => {
    const own = binAll(others);
    const all = startScores(loss.start, others.length);
    const rows = Int32Array.from({ length: others.length }, (_, row) => row);
    for (const [k, tree] of trees.entries()) tree.addTo(all, own, rows, rate, outputs, k % outputs);
    return loss.predict(all);
  };
}

/** The rows that a round sees, in their order, and those that it does not. */
function drawRound(rows: number, share: number, random: Random): [Int32Array, Int32Array] {
  const order = new Int32Array(rows);
  const drawn = share < 1 ? random.fillUniform(new Float32Array(rows)) : undefined;
  let [seen, unseen] = [0, rows];
  // The seen ones from the front, the others from the back.
  for (let row = 0; row < rows; row++) {
    if (!drawn || (drawn[row] as number) < share) order[seen++] = row;
    else order[--unseen] = row;
  }
  return [order.subarray(0, seen), order.subarray(seen)];
}

/** The same scores for every row, row by row. */
function startScores(start: readonly number[], rows: number): Float64Array {
  const scores = new Float64Array(rows * start.length);
  for (let k = 0; k < scores.length; k++) scores[k] = start[k % start.length] as number;
  return scores;
}
