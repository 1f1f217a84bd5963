import { cutSegments, type Segment, segmentStatistics } from '../segments.js';
import { groupSorted, momentsOf, type SampleGroups, spreadRuns } from './sample-groups.js';
import { expectedGaussian, inferMixture } from './variational-mixture.js';

/** One Gaussian of a mixture, in the units of the data. */
export interface MixtureComponent {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

/** More values are joined, in order, into this many groups that keep their mean and variance. */
const maximumGroups = 1024;

const maximumComponents = 10;
const maximumIterations = 100;

/** The search for more components ends after this many in a row that made the bound no better. */
const patience = 2;

/**
 * The Gaussian mixture of a sample of one variable (Xu et al. 2019, arXiv 1907.00503, section 4.2):
 * at most 10 components, a Dirichlet process prior of concentration 0.001, components above
 * `minimumWeight` (0.005).
 *
 * Variational inference is slow to empty components that it does not need, so the number of them
 * grows from 1 for as long as the evidence bound gets better, each time from another start.
 *
 * Deterministic, and independent of the order of the values. NaN and infinities are left out. The
 * components come in order of their means, with weights that sum to 1; none for an empty sample,
 * one of deviation 0 for a constant.
 */
export function fitMixture(values: Float64Array, minimumWeight = 0.005): MixtureComponent[] {
  const sorted = values.filter(Number.isFinite).sort();
  const lowest = sorted[0];
  const highest = sorted[sorted.length - 1];
  if (lowest === undefined || highest === undefined) return [];
  if (lowest === highest) return [{ weight: 1, mean: lowest, deviation: 0 }];
  const unit = binaryUnit(Math.max(Math.abs(lowest), Math.abs(highest)));
  const scaled = sorted.map((value) => value / unit);
  const { center, scale } = standardise(scaled);
  for (let i = 0; i < scaled.length; i++) scaled[i] = ((scaled[i] as number) - center) / scale;
  const sample = groupSorted(spreadRuns(scaled), maximumGroups);
  return keep(search(sample, minimumWeight), minimumWeight).map(({ weight, mean, deviation }) => ({
    weight,
    mean: (center + scale * mean) * unit,
    deviation: scale * deviation * unit,
  }));
}

/**
 * The power of two to divide by, so that squares of values up to `magnitude` neither overflow nor
 * vanish. It is 1 for ordinary magnitudes, and dividing by it is exact but for extreme spreads.
 */
export function binaryUnit(magnitude: number): number {
  const exponent = Math.floor(Math.log2(magnitude || 1));
  return Math.abs(exponent) <= 100 ? 1 : 2 ** Math.max(-1000, Math.min(1000, exponent));
}

function standardise(sorted: Float64Array): { center: number; scale: number } {
  // About the median, where values are dense: digits are lost in the tails alone.
  const center = sorted[sorted.length >> 1] as number;
  const deviation = Math.sqrt(momentsOf(sorted).variance);
  return { center, scale: deviation || (sorted.at(-1) as number) - (sorted[0] as number) };
}

function search(sample: SampleGroups, minimumWeight: number): MixtureComponent[] {
  const scale = priorScale(sample);
  const starts = cutSegments(sample, maximumComponents, minimumWeight, scale);
  let statistics = segmentStatistics(sample, starts[0] as Segment[]);
  let bound = Number.NEGATIVE_INFINITY;
  let failures = 0;
  for (const segments of starts) {
    const start = segmentStatistics(sample, segments);
    const found = inferMixture(sample, start, scale, maximumIterations);
    failures = found.bound > bound ? 0 : failures + 1;
    if (failures === 0) ({ statistics, bound } = found);
    if (failures >= patience) break;
  }
  const total = statistics.count.reduce((sum, count) => sum + count, 0);
  return Array.from(statistics.count, (count, k) => ({
    weight: count / total,
    ...expectedGaussian(statistics, scale, k),
  }));
}

/** A tenth of the narrowest tenth: heavy tails stretch the standard deviation, but not this. */
function priorScale({ mean }: SampleGroups): number {
  const tenth = Math.ceil(mean.length / 10);
  const spreads = Array.from({ length: 10 }, (_, k) =>
    Math.sqrt(momentsOf(mean.subarray(k * tenth, (k + 1) * tenth)).variance),
  );
  const narrowest = Math.min(...spreads.filter((spread) => spread > 0));
  return Number.isFinite(narrowest) ? Math.max(narrowest / 10, 1e-8) : 0.01;
}

function keep(components: readonly MixtureComponent[], minimumWeight: number): MixtureComponent[] {
  const heaviest = Math.max(...components.map(({ weight }) => weight));
  const least = Math.min(minimumWeight, heaviest * 0.999);
  const kept = components.filter(({ weight }) => weight > least);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept
    .map((component) => ({ ...component, weight: component.weight / total }))
    .sort((a, b) => a.mean - b.mean || a.deviation - b.deviation);
}
