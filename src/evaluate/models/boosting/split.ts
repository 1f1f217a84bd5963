import type { BinnedFeatures, Histogram } from './histogram.js';

/** How a node is cut in two. */
export interface TreeSplit {
  readonly feature: number;
  readonly gain: number;
  /** 1 for the bins that go left. */
  readonly left: Uint8Array;
  /** Of the rows that go left. */
  readonly sums: NodeSums;
}

/** Sums over the rows of a node. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

export interface SplitRules {
  readonly minimumLeafRows: number;
  readonly l2: number;
}

const minimumHessian = 1e-3;
const tiny = 1e-15;

/** Bins in their own order. */
const numbers = Uint8Array.from({ length: 256 }, (_, bin) => bin);

/** A category takes part where its rows weigh as much as this many, and is smoothed by as much. */
const categorySupport = 10;

/** The value that lowers the loss most, before the learning rate. */
export function leafValue(gradient: number, hessian: number, l2: number): number {
  return -gradient / (hessian + l2 + tiny);
}

/** The best cut of a node over all features, or `undefined` if none gains. */
export function findSplit(
  histogram: Histogram,
  features: BinnedFeatures,
  offsets: Int32Array,
  node: NodeSums,
  rules: SplitRules,
): TreeSplit | undefined {
  let best: TreeSplit | undefined;
  for (const [feature, count] of features.counts.entries()) {
    const own = histogram.subarray(offsets[feature], offsets[feature + 1]);
    const order = features.categorical[feature] ? orderLevels(own, count, node) : undefined;
    const found = order
      ? cutLevels(own, order, node, rules, features.missing[feature] as boolean)
      : cutNumbers(own, count, node, rules, features.missing[feature] as boolean);
    if (!found || found.gain <= (best?.gain ?? 0)) continue;
    const left = new Uint8Array(count);
    if (order) for (const bin of found.bins ?? []) left[bin] = 1;
    else left.fill(1, 0, found.cut + 1);
    if (found.missingLeft !== undefined) left[count - 1] = found.missingLeft ? 1 : 0;
    best = { feature, gain: found.gain, left, sums: found.sums };
  }
  return best;
}

/** The best place to cut a list of bins: after `cut`. */
interface Place {
  readonly gain: number;
  readonly cut: number;
  readonly sums: NodeSums;
}

interface Cut extends Place {
  readonly bins?: readonly number[];
  readonly missingLeft?: boolean;
}

/** Levels with enough rows, by their mean gradient; what is missing is a level too. */
function orderLevels(own: Float64Array, count: number, node: NodeSums): number[] {
  const weight = node.rows / node.hessian;
  const ratio = (bin: number) =>
    (own[3 * bin] as number) / ((own[3 * bin + 1] as number) + categorySupport);
  return Array.from({ length: count }, (_, bin) => bin)
    .filter((bin) => (own[3 * bin + 1] as number) * weight >= categorySupport)
    .sort((a, b) => ratio(a) - ratio(b) || a - b);
}

/** Low levels go left, or high ones: at most half of them, so that the rest holds what is rare. */
function cutLevels(
  own: Float64Array,
  order: readonly number[],
  node: NodeSums,
  rules: SplitRules,
  isMissing: boolean,
): Cut | undefined {
  if (order.length < 2) return;
  const half = (order.length + 1) >> 1;
  const upwards = scan(own, order.slice(0, half), node, rules);
  const backwards = [...order].reverse();
  const downwards = scan(own, backwards.slice(0, half - 1), node, rules);
  const [best, from] =
    (downwards?.gain ?? 0) > (upwards?.gain ?? 0) ? [downwards, backwards] : [upwards, order];
  if (!best) return;
  const bins = from.slice(0, best.cut + 1);
  // Where nothing was missing, what is missing later follows the greater part.
  return isMissing
    ? { ...best, bins }
    : { ...best, bins, missingLeft: best.sums.rows > node.rows / 2 };
}

function cutNumbers(
  own: Float64Array,
  count: number,
  node: NodeSums,
  rules: SplitRules,
  isMissing: boolean,
): Cut | undefined {
  const missing = count - 1;
  const right = scan(own, numbers.subarray(0, isMissing ? missing : missing - 1), node, rules);
  if (!isMissing) {
    if (!right) return;
    // Nothing was missing here: later, what is missing follows the greater part.
    return { ...right, missingLeft: right.sums.rows > node.rows / 2 };
  }
  const first: NodeSums = {
    gradient: own[3 * missing] as number,
    hessian: own[3 * missing + 1] as number,
    rows: own[3 * missing + 2] as number,
  };
  const left = scan(own, numbers.subarray(0, missing - 1), node, rules, first);
  if (left && left.gain > (right?.gain ?? 0)) return { ...left, missingLeft: true };
  return right && { ...right, missingLeft: false };
}

/**
 * The best cut after one of `bins`, in their order; of equal ones the first. With `first` on the
 * left from the start, of equal ones the last.
 */
function scan(
  own: Float64Array,
  bins: ArrayLike<number>,
  node: NodeSums,
  { minimumLeafRows, l2 }: SplitRules,
  first?: NodeSums,
): Place | undefined {
  const whole = score(node.gradient, node.hessian, l2);
  let { gradient, hessian, rows } = first ?? { gradient: 0, hessian: 0, rows: 0 };
  let gain = 0;
  let cut = -1;
  let sums = node;
  for (let k = 0; k < bins.length; k++) {
    const at = 3 * (bins[k] as number);
    gradient += own[at] as number;
    hessian += own[at + 1] as number;
    rows += own[at + 2] as number;
    if (rows < minimumLeafRows || hessian < minimumHessian) continue;
    if (node.rows - rows < minimumLeafRows || node.hessian - hessian < minimumHessian) break;
    const now =
      score(gradient, hessian, l2) +
      score(node.gradient - gradient, node.hessian - hessian, l2) -
      whole;
    if (now <= 0 || (first ? now < gain : now <= gain)) continue;
    gain = now;
    cut = k;
    sums = { gradient, hessian, rows };
  }
  return cut < 0 ? undefined : { gain, cut, sums };
}

function score(gradient: number, hessian: number, l2: number): number {
  return (gradient * gradient) / (hessian + l2 + tiny);
}
