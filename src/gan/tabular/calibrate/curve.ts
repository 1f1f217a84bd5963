/** A rising curve through points; beyond them it is level. */
export interface Curve {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Fewer values than these make no point of a curve: none is a row's own number. */
const leastGroup = 5;
const mostPoints = 32;

/**
 * The curve that gives `made` the distribution of `real`: it goes through the means of equal groups
 * of both, in order. None where there are too few values.
 */
export function quantileCurve(made: Float32Array, real: Float32Array): Curve | undefined {
  const points = Math.min(mostPoints, Math.floor(Math.min(made.length, real.length) / leastGroup));
  if (points < 2) return undefined;
  const [from, to] = [made, real].map((values) => groupMeans(values.toSorted(), points)) as [
    number[],
    number[],
  ];
  // Half a group lies beyond the outermost means.
  const extend = (means: number[]) => {
    const [first, second] = means as [number, number];
    const [last, before] = [means.at(-1), means.at(-2)] as [number, number];
    const within = (value: number) => Math.max(-1, Math.min(1, value));
    return [within(first - (second - first) / 2), ...means, within(last + (last - before) / 2)];
  };
  return risingOnly({ from: extend(from), to: extend(to) });
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

/** Without points where `from` stands still. */
function risingOnly({ from, to }: Curve): Curve | undefined {
  const kept = from.flatMap((value, k) => (k === 0 || value > (from[k - 1] as number) ? [k] : []));
  if (kept.length < 2) return undefined;
  return { from: kept.map((k) => from[k] as number), to: kept.map((k) => to[k] as number) };
}

/** The curve's height at a number. */
export function heightOf({ from, to }: Curve, value: number): number {
  let [low, high] = [0, from.length - 1];
  if (value <= (from[low] as number)) return to[low] as number;
  if (value >= (from[high] as number)) return to[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((from[middle] as number) <= value) low = middle;
    else high = middle;
  }
  const [a, b] = [from[low] as number, from[high] as number];
  const share = (value - a) / (b - a);
  return (to[low] as number) * (1 - share) + (to[high] as number) * share;
}
