/** A sorted sample in few points: each stands for `weight` values around `mean`. */
export interface SampleGroups {
  readonly weight: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * Spreads each run of equal values over the gap to its neighbours, in place.
 *
 * Rounded data has runs, and a mixture would put infinitely narrow components on them. The spread
 * is at most the median gap, so that a lone far value stays a narrow group.
 */
export function spreadRuns(sorted: Float64Array): Float64Array {
  const starts = runStarts(sorted);
  const distinct = starts.length - 1;
  const at = (run: number) => sorted[starts[run] as number] as number;
  const gaps = new Float64Array(Math.max(distinct - 1, 0));
  for (let run = 0; run < gaps.length; run++) gaps[run] = at(run + 1) - at(run);
  const typical = gaps.toSorted()[gaps.length >> 1] ?? 0;
  // From values read before the first write: a run only ever moves its own rows.
  const values = Float64Array.from({ length: distinct }, (_, run) => at(run));
  for (let run = 0; run < distinct; run++) {
    const [start, end] = [starts[run] as number, starts[run + 1] as number];
    const spread = Math.min(typical, gaps[run - 1] ?? typical, gaps[run] ?? typical);
    for (let i = start; i < end; i++) {
      sorted[i] = (values[run] as number) + spread * ((i - start + 0.5) / (end - start) - 0.5);
    }
  }
  return sorted;
}

/** Where each run of equal values starts, and at last the length. */
export function runStarts(sorted: Float64Array): number[] {
  const starts: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) starts.push(i);
  }
  starts.push(sorted.length);
  return starts;
}

/**
 * Joins neighbours of a sorted sample into at most `maximum` groups: of nearly equal count, but
 * never across one of the widest gaps, so that clusters and outliers stay apart.
 */
export function groupSorted(sorted: Float64Array, maximum: number): SampleGroups {
  const bounds = groupBounds(sorted, Math.min(maximum, sorted.length));
  const moments = bounds
    .slice(1)
    .map((end, group) => momentsOf(sorted.subarray(bounds[group], end)));
  return {
    weight: Float64Array.from(moments, (_, group) => {
      return (bounds[group + 1] as number) - (bounds[group] as number);
    }),
    mean: Float64Array.from(moments, ({ mean }) => mean),
    variance: Float64Array.from(moments, ({ variance }) => variance),
  };
}

function groupBounds(sorted: Float64Array, count: number): number[] {
  if (count === sorted.length) return Array.from({ length: count + 1 }, (_, i) => i);
  const gaps = sorted.map((value, i) => value - (sorted[i - 1] ?? value));
  const atGaps = count >> 3;
  const wide = gaps.toSorted()[gaps.length - atGaps] as number;
  const bounds = new Set<number>();
  // Wider ones first: of those that are just as wide, there can be more than wanted.
  for (const isWanted of [(gap: number) => gap > wide, (gap: number) => gap === wide]) {
    for (let i = 1; i < gaps.length && bounds.size < atGaps; i++) {
      if (isWanted(gaps[i] as number)) bounds.add(i);
    }
  }
  const even = count - bounds.size;
  for (let i = 0; i <= even; i++) bounds.add(Math.floor((i * sorted.length) / even));
  return [...bounds].sort((a, b) => a - b);
}

/** Mean and variance (divided by n) in two passes: no cancellation for far-off data. */
export function momentsOf(values: Float64Array): { mean: number; variance: number } {
  if (values.length === 0) return { mean: 0, variance: 0 };
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / values.length };
}
