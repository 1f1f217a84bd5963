import type { PiecewiseLinear } from '../../../../encode/modes/curve.js';

/** Fewer values than these make no point of a curve: no point is a row's own number. */
const leastGroup = 5;
const mostPoints = 32;

/**
 * The curve that gives `made` the distribution of `real`, both numbers in [−1, 1]: it goes through
 * the means of equal groups of both, in order. None where there are too few values.
 */
export function quantileCurve(made: Float32Array, real: Float32Array): PiecewiseLinear | undefined {
  const points = Math.min(mostPoints, Math.floor(Math.min(made.length, real.length) / leastGroup));
  if (points < 2) return undefined;
  const [from, to] = [made, real].map((values) => extended(groupMeans(values.toSorted(), points)));
  return rising({ from: from as number[], to: to as number[] });
}

function groupMeans(sorted: Float32Array, groups: number): number[] {
  return Array.from({ length: groups }, (_, k) => {
    const start = Math.floor((k * sorted.length) / groups);
    const end = Math.floor(((k + 1) * sorted.length) / groups);
    let sum = 0;
    for (let i = start; i < end; i++) sum += sorted[i] as number;
    return sum / (end - start);
  });
}

/** Half a group lies beyond the outermost means, and nothing beyond ±1. */
function extended(means: readonly number[]): number[] {
  const [first, second] = means as [number, number];
  const [before, last] = means.slice(-2) as [number, number];
  const lowest = Math.max(-1, first - (second - first) / 2);
  const highest = Math.min(1, last + (last - before) / 2);
  return [-1, lowest, ...means, highest, 1];
}

/** Without points at which `from` stands still, and with heights that do not fall by rounding. */
function rising({ from, to }: PiecewiseLinear): PiecewiseLinear | undefined {
  const points: [number, number][] = [];
  for (const [k, place] of from.entries()) {
    const [lastPlace, lastHeight] = points.at(-1) ?? [Number.NEGATIVE_INFINITY, -1];
    if (place > lastPlace) points.push([place, Math.max(to[k] as number, lastHeight)]);
  }
  if (points.length < 2) return undefined;
  return { from: points.map(([place]) => place), to: points.map(([, height]) => height) };
}
