import type { Rows } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
import { finite, quantileOf } from '../../columns/statistics.js';
import type { Random } from '../../random.js';
import { closestDistances } from './closest-distances.js';
import { randomRows } from './random-rows.js';

/** Distances to the closest real row: the middle one, and the one that 5 % are below. */
export interface DistanceSummary {
  /** Half of the distances are smaller. */
  readonly median: number;
  /** One in twenty distances is smaller. */
  readonly fifthPercentile: number;
}

/** How far synthetic rows keep from the real rows that they were made from. */
export interface Protection {
  /** Distances of synthetic rows to the closest real one. */
  readonly synthetic: DistanceSummary;
  /** Of random rows, uniform in each column. */
  readonly random: DistanceSummary;
  /** min(median of synthetic / median of random, 1): DCRBaselineProtection. */
  readonly baseline: number | null;
  /** The same of held-out rows, where there are any. */
  readonly holdout?: HoldoutProtection;
  /** Rows that were drawn to be compared. */
  readonly rows: {
    /** Synthetic rows. */
    readonly synthetic: number;
    /** Rows that they were compared with, of each table. */
    readonly reference: number;
  };
}

/** Against real rows that the synthetic ones were not made from. */
export interface HoldoutProtection {
  /** Distances of held-out rows to the closest real one: what a stranger's row looks like. */
  readonly distances: DistanceSummary;
  /**
   * Share of synthetic rows that are closer to a real row than to any of as many held-out ones:
   * about a half if nothing was learned by heart. Ties are halved.
   */
  readonly closerToReal: number;
}

/** How many rows are drawn for distances, where nothing else is said. */
export const distanceRows = { synthetic: 2_000, reference: 10_000 };

export function measureProtection(
  real: Rows,
  synthetic: Rows,
  holdout: Rows | undefined,
  random: Random,
  limits = distanceRows,
): Protection {
  // As many of both: the nearest of more is nearer.
  const most = Math.min(limits.reference, real.length, holdout?.length ?? real.length);
  const reference = sampleRows(real, most, random.fork('real'));
  const queries = sampleRows(synthetic, limits.synthetic, random.fork('synthetic'));
  // Random rows are far from all, so that each takes long, and alike, so that few do.
  const made = randomRows(real, Math.ceil(queries.length / 4), random.fork('random'));
  const own = closestDistances(queries, reference, real);
  const [ofSynthetic, ofRandom] = [own, closestDistances(made, reference, real)].map(
    summarizeDistances,
  ) as [DistanceSummary, DistanceSummary];
  const baseline = finite(Math.min(ofSynthetic.median / ofRandom.median, 1));
  const rows = { synthetic: queries.length, reference: reference.length };
  const result = { synthetic: ofSynthetic, random: ofRandom, baseline, rows };
  if (!holdout) return result;
  const others = sampleRows(holdout, most, random.fork('holdout'));
  const strangers = sampleRows(others, limits.synthetic, random.fork('strangers'));
  const toOthers = closestDistances(queries, others, real);
  return {
    ...result,
    holdout: {
      distances: summarizeDistances(closestDistances(strangers, reference, real)),
      closerToReal: shareCloser(own, toOthers),
    },
  };
}

/** The share of rows whose first distance is the smaller one; ties are halved. */
export function shareCloser(first: Float64Array, second: Float64Array): number {
  let closer = 0;
  for (let row = 0; row < first.length; row++) {
    const [a, b] = [first[row] as number, second[row] as number];
    closer += (Number(a < b) + Number(a <= b)) / 2;
  }
  return closer / first.length;
}

/** The middle distance, and the one that 5 % are below. */
export function summarizeDistances(distances: Float64Array): DistanceSummary {
  const sorted = distances.slice().sort();
  return { median: quantileOf(sorted, 0.5), fifthPercentile: quantileOf(sorted, 0.05) };
}
