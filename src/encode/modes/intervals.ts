import type { Bounds } from './bulk.js';
import type { PiecewiseLinear } from './curve.js';
import { atom, clip, type Mode } from './mode.js';
import { wholeRange } from './mode-coverage.js';
import { runStarts } from './sample-groups.js';

/** Codes of a column, at most; of few rows their square root, so that each code has as many. */
const mostCodes = 100;

/** Rows of a code, at least, however few values there are. */
const fewestRows = 3;

/** Points of the curve of an interval, at most, and numbers that a point is the mean of, at least. */
const mostPoints = 8;
const leastGroup = 5;

/** Half the width of a jump of a curve, of 2. */
const jump = 1e-6;

/** Rows `start` to `end` of sorted values. */
interface Bin {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts sorted values into modes of about equally many rows: a value that fills one by itself is an
 * atom, the others are intervals which cover the range side by side, each with a curve that gives
 * numbers in it the sample's own distribution.
 *
 * @param rows Rows of the sample, atoms that are known already among them.
 * @param leastRows Rows that an edge, a point of a curve or an atom stands for, at least.
 */
export function cutIntervals(
  sorted: Float64Array,
  range: Bounds,
  rows: number,
  leastRows: number,
): Mode[] {
  const least = Math.max(fewestRows, leastRows);
  const codes = Math.min(mostCodes, Math.ceil(Math.sqrt(rows)));
  const runs = runsOf(sorted);
  const rowsPerCode =
    runs.length <= codes ? least : Math.max(least, Math.ceil(sorted.length / codes));
  const isHeavy = ({ start, end }: Bin) => end - start >= rowsPerCode;
  const atoms = runs
    .filter(isHeavy)
    .map(({ start, end }) => atom(sorted[start] as number, (end - start) / rows));
  const rest = Float64Array.from(
    runs
      .filter((run) => !isHeavy(run))
      .flatMap(({ start, end }) => [...sorted.subarray(start, end)]),
  );
  if (rest.length === 0) return atoms;
  // Of so few values nothing is said but how many they are.
  if (rest.length < least) return [...atoms, anywhere(range, rest.length / rows)];
  const bins = binsOf(rest, rowsPerCode);
  const edges = [
    range.minimum,
    ...bins.slice(1).map(({ start }) => edgeAt(rest, start, leastRows)),
    range.maximum,
  ];
  const intervals = bins.flatMap((bin, k): Mode[] => {
    const [minimum, maximum] = [edges[k] as number, edges[k + 1] as number];
    if (!(maximum > minimum)) return [];
    const mode = wholeRange('interval', { minimum, maximum }, (bin.end - bin.start) / rows);
    if (mode.halfWidth === 0) return [];
    return [{ ...mode, curve: curveOf(rest.subarray(bin.start, bin.end), mode, leastRows) }];
  });
  if (intervals.length === 0) return [...atoms, anywhere(range, rest.length / rows)];
  return [...atoms, ...intervals];
}

/** One mode for the whole range; an atom where that is a single number. */
function anywhere(range: Bounds, weight: number): Mode {
  const mode = wholeRange('bridge', range, weight);
  return mode.halfWidth > 0 ? mode : atom(range.minimum, weight);
}

/** Where each value stands, in order. */
function runsOf(sorted: Float64Array): Bin[] {
  const starts = runStarts(sorted);
  return starts.slice(0, -1).map((start, run) => ({ start, end: starts[run + 1] as number }));
}

/** Bins of at least so many rows each, that no value is in two of. */
function binsOf(sorted: Float64Array, least: number): Bin[] {
  const bins: Bin[] = [];
  let start = 0;
  for (const { end } of runsOf(sorted)) {
    if (end - start < least) continue;
    bins.push({ start, end });
    start = end;
  }
  const last = bins.pop();
  return [...bins, { start: last?.start ?? 0, end: sorted.length }];
}

/** The edge before the value at `place`: midway to the one before it, or the mean of more around it. */
function edgeAt(sorted: Float64Array, place: number, leastRows: number): number {
  const half = Math.max(1, Math.ceil(leastRows / 2));
  return meanOf(sorted.subarray(Math.max(0, place - half), place + half));
}

function meanOf(values: Float64Array): number {
  // Divided first: the sum of numbers near the limits of float64 overflows.
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

/** The curve that evenly drawn numbers in [−1, 1] go through to be distributed as the values. */
function curveOf(sorted: Float64Array, { center, halfWidth }: Mode, leastRows: number) {
  const scale = (value: number) =>
    Math.max(-clip, Math.min(clip, (value - center) / halfWidth)) + 0;
  const runs = runsOf(sorted);
  const isStepped =
    runs.length <= mostPoints && runs.every(({ start, end }) => end - start >= leastRows);
  if (isStepped) return steps(runs, (place) => scale(sorted[place] as number));
  const points = Math.min(mostPoints, Math.floor(sorted.length / leastGroup));
  if (points < 2) return { from: [-1, 1], to: [-clip, clip] };
  const groups = Array.from({ length: points }, (_, k) => {
    const [start, end] = [k, k + 1].map((cut) => Math.floor((cut * sorted.length) / points));
    return sorted.subarray(start, end);
  });
  const from = groups.map((_, k) => (2 * k + 1) / points - 1);
  return {
    from: [-1, ...from, 1],
    to: [-clip, ...groups.map((group) => scale(meanOf(group))), clip],
  };
}

/** A curve with a level for each value, as wide as the value has rows. */
function steps(runs: readonly Bin[], heightAt: (place: number) => number): PiecewiseLinear {
  const rows = runs.at(-1)?.end ?? 1;
  const edge = (place: number) => (2 * place) / rows - 1;
  const points = runs.flatMap(({ start, end }) => [
    [start === 0 ? -1 : edge(start) + jump, heightAt(start)],
    [end === rows ? 1 : edge(end) - jump, heightAt(start)],
  ]) as [number, number][];
  return { from: points.map(([from]) => from), to: points.map(([, to]) => to) };
}
