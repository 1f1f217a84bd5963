import {
  type BinnedFeatures,
  fillHistogram,
  type Histogram,
  histogramOffsets,
  subtractHistogram,
} from './histogram.js';
import { findSplit, leafValue, type NodeSums, type SplitRules, type TreeSplit } from './split.js';

/** A grown node: a leaf where it has no split. */
interface Node extends NodeSums {
  readonly start: number;
  readonly end: number;
  histogram?: Histogram | undefined;
  split?: TreeSplit | undefined;
  left?: Node;
  right?: Node;
}

export interface TreeRules extends SplitRules {
  readonly maximumLeaves: number;
}

/** A regression tree over bins. */
export interface Tree {
  /** Adds `rate` × the value of each row's leaf to `target`, at `offset` + `stride` × the row. */
  addTo(
    target: Float64Array,
    bins: readonly Uint8Array[],
    rows: Int32Array,
    rate: number,
    stride?: number,
    offset?: number,
  ): void;
  /** The same for the rows that it was grown on, which need no walk. */
  addToGrown(target: Float64Array, rate: number, stride?: number, offset?: number): void;
}

/**
 * Grows a tree on the rows `indices`, which it reorders: the leaf that gains most is cut first.
 *
 * A node's histogram is its parent's less its sibling's, so that only the smaller child is counted.
 *
 * @param pool histograms of trees grown before on the same features, to be used again.
 */
export function growTree(
  features: BinnedFeatures,
  gradients: Float32Array,
  hessians: Float32Array,
  indices: Int32Array,
  rules: TreeRules,
  pool: Histogram[] = [],
): Tree {
  const offsets = histogramOffsets(features.counts);
  const length = offsets[features.counts.length] as number;
  const scratch = new Int32Array(indices.length);
  const derivatives = { gradients, hessians, ordered: new Float64Array(2 * indices.length) };
  const count = ({ start, end }: Node) => {
    const histogram = pool.pop()?.fill(0) ?? new Float64Array(length);
    fillHistogram(histogram, features, offsets, derivatives, indices, start, end);
    return histogram;
  };
  const release = (node: Node) => {
    if (node.histogram) pool.push(node.histogram);
    node.histogram = undefined;
  };
  const prepare = (node: Node) => {
    const divisible = node.rows >= 2 * rules.minimumLeafRows;
    if (divisible && node.histogram) {
      node.split = findSplit(node.histogram, features, offsets, node, rules);
    }
    if (!node.split) release(node);
    return node;
  };
  const root = rootOf(gradients, hessians, indices);
  root.histogram = count(root);
  const open = [prepare(root)];
  for (let leaves = 1; leaves < rules.maximumLeaves; leaves++) {
    const next = takeBest(open);
    if (!next?.split || !next.histogram) break;
    const { feature, left, sums } = next.split;
    const own = features.bins[feature] as Uint8Array;
    const middle = partition(indices, scratch, next.start, next.end, own, left);
    next.left = { ...sums, start: next.start, end: middle };
    next.right = {
      start: middle,
      end: next.end,
      gradient: next.gradient - sums.gradient,
      hessian: next.hessian - sums.hessian,
      rows: next.rows - sums.rows,
    };
    const [small, large] =
      next.left.rows < next.right.rows ? [next.left, next.right] : [next.right, next.left];
    small.histogram = count(small);
    subtractHistogram(next.histogram, small.histogram);
    large.histogram = next.histogram;
    next.histogram = undefined;
    open.push(prepare(next.left), prepare(next.right));
  }
  for (const node of open) release(node);
  return flatten(root, rules.l2, indices);
}

function rootOf(gradients: Float32Array, hessians: Float32Array, indices: Int32Array): Node {
  let [gradient, hessian] = [0, 0];
  for (const row of indices) {
    gradient += gradients[row] as number;
    hessian += hessians[row] as number;
  }
  return { start: 0, end: indices.length, gradient, hessian, rows: indices.length };
}

/** Removes the node with the greatest gain; `undefined` where none can be cut. */
function takeBest(open: Node[]): Node | undefined {
  let best = -1;
  for (const [k, { split }] of open.entries()) {
    if (split && split.gain > (open[best]?.split?.gain ?? 0)) best = k;
  }
  return best < 0 ? undefined : open.splice(best, 1)[0];
}

/** Puts the rows that go left first, each side in its order; where the right side starts. */
function partition(
  indices: Int32Array,
  scratch: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  goesLeft: Uint8Array,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = indices[i] as number;
    if (goesLeft[bins[row] as number]) indices[left++] = row;
    else scratch[right++] = row;
  }
  indices.set(scratch.subarray(0, right), left);
  return left;
}

/** The grown nodes as arrays, which are fast to walk. */
function flatten(root: Node, l2: number, indices: Int32Array): Tree {
  const leaves: { start: number; end: number; value: number }[] = [];
  const features: number[] = [];
  const masks: Uint8Array[] = [];
  const children: number[] = [];
  const values: number[] = [];
  const add = (node: Node): number => {
    const value = leafValue(node.gradient, node.hessian, l2);
    const index = values.push(value) - 1;
    const divided = node.split && node.left && node.right;
    features.push(divided ? (node.split?.feature as number) : -1);
    if (!divided) leaves.push({ start: node.start, end: node.end, value });
    masks.push(node.split?.left ?? new Uint8Array(0));
    children.push(-1, -1);
    if (node.left && node.right) {
      children[2 * index] = add(node.left);
      children[2 * index + 1] = add(node.right);
    }
    return index;
  };
  add(root);
  return {
    addToGrown(target, rate, stride = 1, offset = 0) {
      for (const { start, end, value } of leaves) {
        for (let i = start; i < end; i++) {
          const at = offset + stride * (indices[i] as number);
          target[at] = (target[at] as number) + rate * value;
        }
      }
    },
    addTo(target, bins, rows, rate, stride = 1, offset = 0) {
      for (const row of rows) {
        let node = 0;
        while ((features[node] as number) >= 0) {
          const own = bins[features[node] as number] as Uint8Array;
          const isLeft = (masks[node] as Uint8Array)[own[row] as number] as number;
          node = children[2 * node + 1 - isLeft] as number;
        }
        const at = offset + stride * row;
        target[at] = (target[at] as number) + rate * (values[node] as number);
      }
    },
  };
}
