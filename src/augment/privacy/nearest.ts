import { type CooperativeTask, runAtOnce } from '../../threads/run-cooperatively.js';
import { type Box, boxDistance, boxOf } from './box.js';
import { distanceOf } from './distance.js';
import type { Points, RowSpace } from './row-space.js';

/** Finds how near the nearest of many points is. */
export interface NearestPoint {
  /** Distance of a point to the nearest one, if that is below `most`; else `most`. */
  distance(points: Points, row: number, most?: number): number;
}

/** Points that are looked at one by one. */
const leafSize = 8;

/** Sums are rounded: what is at the very edge is looked at. */
const rounding = 1e-9;

/** Points order[start … end), and where their numbers lie. */
interface Node {
  readonly start: number;
  readonly end: number;
  readonly box: Box;
  /** By the code of a category, or the lower and the upper half of a number. */
  readonly branches?: { readonly category: number; readonly byCode: ReadonlyMap<number, Node> };
  readonly halves?: readonly [Node, Node];
}

/**
 * A tree that cuts points apart by one category after the other, the most telling first, and then by
 * the number that varies most. A branch is as far as the categories on its way that differ, and the
 * box around its numbers, say at least: those that cannot hold a nearer point are left out.
 */
export function indexNearest(space: RowSpace, points: Points): NearestPoint {
  return runAtOnce(indexingNearest(space, points));
}

/** The same, node by node. */
export function* indexingNearest(space: RowSpace, points: Points): CooperativeTask<NearestPoint> {
  const { width, categories } = space;
  const { cells, length } = points;
  const order = Int32Array.from({ length }, (_, row) => row);
  const cell = (row: number, column: number) => cells[row * width + column] as number;
  const levels = Array.from({ length: categories }, (_, column) => column).sort(
    (a, b) => likeness(points, width, a) - likeness(points, width, b),
  );

  function* build(start: number, end: number, level: number): CooperativeTask<Node> {
    yield;
    const rows = order.subarray(start, end);
    const node = { start, end, box: boxOf(space, points, rows) };
    if (end - start <= leafSize) return node;
    const category = levels[level];
    if (category !== undefined) {
      const byCode = new Map<number, Node>();
      for (const [code, first, last] of sortByCode(rows, (row) => cell(row, category))) {
        byCode.set(code, yield* build(start + first, start + last, level + 1));
      }
      return { ...node, branches: { category, byCode } };
    }
    const column = widest(node.box);
    // All alike: nothing is left to cut.
    if (column < 0) return node;
    rows.sort((a, b) => compareCells(cell(a, categories + column), cell(b, categories + column)));
    const middle = (start + end) >> 1;
    const lower = yield* build(start, middle, level);
    return { ...node, halves: [lower, yield* build(middle, end, level)] };
  }
  const root = length > 0 ? yield* build(0, length, 0) : undefined;

  const search = (query: Points, row: number, most: number): number => {
    let best = most;
    const visit = (node: Node, differing: number, least: number): void => {
      if (least - rounding >= best) return;
      if (node.branches) {
        const { category, byCode } = node.branches;
        const own = byCode.get(query.cells[row * width + category] as number);
        if (own) visit(own, differing, differing + boxDistance(space, query, row, own.box));
        if (differing + 1 - rounding >= best) return;
        for (const other of byCode.values()) {
          if (other === own) continue;
          visit(other, differing + 1, differing + 1 + boxDistance(space, query, row, other.box));
        }
      } else if (node.halves) {
        const far = node.halves.map(({ box }) => differing + boxDistance(space, query, row, box));
        const first = (far[0] as number) <= (far[1] as number) ? 0 : 1;
        visit(node.halves[first] as Node, differing, far[first] as number);
        visit(node.halves[1 - first] as Node, differing, far[1 - first] as number);
      } else {
        for (let k = node.start; k < node.end && best > 0; k++) {
          best = Math.min(best, distanceOf(space, query, row, points, order[k] as number, best));
        }
      }
    };
    if (root) visit(root, 0, 0);
    return best;
  };
  return { distance: (query, row, most = Number.POSITIVE_INFINITY) => search(query, row, most) };
}

/** How often two rows have the same code: the sum of the squared shares. */
function likeness({ cells, length }: Points, width: number, column: number): number {
  const counts = new Map<number, number>();
  for (let row = 0; row < length; row++) {
    const code = cells[row * width + column] as number;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts.values()].reduce((sum, count) => sum + (count / length) ** 2, 0);
}

/** Puts rows of one code together, and gives each code with its first place, and the one behind. */
function sortByCode(
  rows: Int32Array,
  codeOf: (row: number) => number,
): [code: number, first: number, end: number][] {
  rows.sort((a, b) => compareCells(codeOf(a), codeOf(b)));
  const groups: [number, number, number][] = [];
  for (const [place, row] of rows.entries()) {
    const last = groups.at(-1);
    if (last && Object.is(last[0], codeOf(row))) last[2] = place + 1;
    else groups.push([codeOf(row), place, place + 1]);
  }
  return groups;
}

/** Nulls are behind all numbers. */
function compareCells(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return +Number.isNaN(a) - +Number.isNaN(b);
  return Number(a > b) - Number(a < b);
}

/** The number that varies most; below 0 if none does. */
function widest({ lowest, highest, nulls }: Box): number {
  let [column, most] = [-1, 0];
  for (const [k, low] of lowest.entries()) {
    const high = highest[k] as number;
    if (high < low) continue;
    // Null and not null is as far apart as can be.
    const range = nulls[k] ? 1 : Math.min(high - low, 1);
    if (range > most) [column, most] = [k, range];
  }
  return column;
}
