import type { SampleGroups } from './modes/sample-groups.js';
import type { Statistics } from './modes/variational-mixture.js';

/** Points `start` up to, but without, `end`. */
export interface Segment {
  readonly start: number;
  readonly end: number;
}

/** Sums over the points before each index, so that any segment's moments take one step. */
interface Sums {
  readonly weight: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * Cuts a sorted sample in two again and again, each time where n·log(deviation) falls most, so
 * that gaps are cut first, whatever their scale. The k-th element has k + 1 segments.
 *
 * No segment is lighter than `minimumShare` of the sample; `floor` is the least deviation told
 * apart from 0.
 */
export function cutSegments(
  sample: SampleGroups,
  maximum: number,
  minimumShare: number,
  floor: number,
): Segment[][] {
  const sums = cumulate(sample);
  const least = minimumShare * (sums.weight.at(-1) as number);
  const cuts = [bestCut(sums, { start: 0, end: sample.mean.length }, least, floor)];
  const steps = [cuts.map(({ segment }) => segment)];
  while (steps.length < maximum) {
    const widest = cuts.reduce(
      (best, cut, i) => (cut.gain > (cuts[best]?.gain ?? 0) ? i : best),
      0,
    );
    const { segment, at, gain } = cuts[widest] as Cut;
    if (gain <= 0) break;
    const halves = [
      { start: segment.start, end: at },
      { start: at, end: segment.end },
    ];
    cuts.splice(widest, 1, ...halves.map((half) => bestCut(sums, half, least, floor)));
    steps.push(cuts.map((cut) => cut.segment));
  }
  return steps;
}

/** The moments of each segment, as a start of the mixture. */
export function segmentStatistics(sample: SampleGroups, segments: readonly Segment[]): Statistics {
  const moments = segments.map(({ start, end }) => {
    let count = 0;
    let sum = 0;
    for (let i = start; i < end; i++) {
      count += sample.weight[i] as number;
      sum += (sample.weight[i] as number) * (sample.mean[i] as number);
    }
    const mean = sum / count;
    let scatter = 0;
    for (let i = start; i < end; i++) {
      const distance = (sample.mean[i] as number) - mean;
      scatter += (sample.weight[i] as number) * (distance ** 2 + (sample.variance[i] as number));
    }
    return { count, mean, scatter };
  });
  return {
    count: Float64Array.from(moments, ({ count }) => count),
    mean: Float64Array.from(moments, ({ mean }) => mean),
    scatter: Float64Array.from(moments, ({ scatter }) => scatter),
  };
}

interface Cut {
  readonly segment: Segment;
  readonly at: number;
  readonly gain: number;
}

function bestCut(sums: Sums, segment: Segment, least: number, floor: number): Cut {
  const { start, end } = segment;
  const whole = cost(sums, start, end, floor);
  let at = start;
  let gain = 0;
  for (let i = start + 1; i < end; i++) {
    const left = (sums.weight[i] as number) - (sums.weight[start] as number);
    const right = (sums.weight[end] as number) - (sums.weight[i] as number);
    if (left < least || right < least) continue;
    const saved = whole - cost(sums, start, i, floor) - cost(sums, i, end, floor);
    if (saved > gain) [at, gain] = [i, saved];
  }
  return { segment, at, gain };
}

function cost({ weight, first, second }: Sums, start: number, end: number, floor: number): number {
  const count = (weight[end] as number) - (weight[start] as number);
  const mean = ((first[end] as number) - (first[start] as number)) / count;
  const variance = ((second[end] as number) - (second[start] as number)) / count - mean * mean;
  return (count * Math.log(Math.max(variance, 0) + floor * floor)) / 2;
}

function cumulate({ weight, mean, variance }: SampleGroups): Sums {
  const size = weight.length + 1;
  const sums = {
    weight: new Float64Array(size),
    first: new Float64Array(size),
    second: new Float64Array(size),
  };
  for (let i = 0; i + 1 < size; i++) {
    const [w, m, v] = [weight[i] as number, mean[i] as number, variance[i] as number];
    sums.weight[i + 1] = (sums.weight[i] as number) + w;
    sums.first[i + 1] = (sums.first[i] as number) + w * m;
    sums.second[i + 1] = (sums.second[i] as number) + w * (m * m + v);
  }
  return sums;
}
