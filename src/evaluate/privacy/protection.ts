import type { Rows } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
import { finite, quantileOf } from '../../columns/statistics.js';
import type { Random } from '../../random.js';
import { closestDistances, nearestDistances } from './closest-distances.js';
import { randomRows } from './random-rows.js';

/** Distances to the closest real row: the middle one, the one that 5 % are below, and how they are spread. */
export interface DistanceSummary {
  /** Half of the distances are smaller. */
  readonly median: number;
  /** One in twenty distances is smaller. */
  readonly fifthPercentile: number;
  /** The 21 quantiles from the smallest to the largest, for a chart. */
  readonly quantiles: readonly number[];
}

/** How far synthetic rows keep from the real rows that they were made from. */
export interface Protection {
  /** Distances of synthetic rows to the closest real one. */
  readonly synthetic: DistanceSummary;
  /** Of random rows, uniform in each column. */
  readonly random: DistanceSummary;
  /**
   * The distance to the closest real row over that to the second closest (NNDR), which 5 % of the synthetic
   * rows are below: near 0 where rows are copies of single ones. `null` with fewer than two real rows.
   */
  readonly neighbourRatio: number | null;
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
  /** `neighbourRatio` of held-out rows. */
  readonly neighbourRatio: number | null;
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
  const { closest: own, ratio: neighbourRatio } = nearestTwo(queries, reference, real);
  const ofSynthetic = summarizeDistances(own);
  const ofRandom = summarizeDistances(closestDistances(made, reference, real));
  const baseline = finite(Math.min(ofSynthetic.median / ofRandom.median, 1));
  const rows = { synthetic: queries.length, reference: reference.length };
  const result = { synthetic: ofSynthetic, random: ofRandom, neighbourRatio, baseline, rows };
  if (!holdout) return result;
  const others = sampleRows(holdout, most, random.fork('holdout'));
  const strangers = sampleRows(others, limits.synthetic, random.fork('strangers'));
  const toOthers = closestDistances(queries, others, real);
  const ofStrangers = nearestTwo(strangers, reference, real);
  return {
    ...result,
    holdout: {
      distances: summarizeDistances(ofStrangers.closest),
      closerToReal: shareCloser(own, toOthers),
      neighbourRatio: ofStrangers.ratio,
    },
  };
}

/** Distances to the closest row of a reference, and how small they are next to those to the second one. */
function nearestTwo(rows: Rows, reference: Rows, ranged: Rows) {
  const both = nearestDistances(rows, reference, 2, ranged);
  const closest = both.filter((_, k) => k % 2 === 0);
  // Two copies are as near as each other.
  const ratios = closest.map((first, row) => {
    const second = both[2 * row + 1] as number;
    return second === 0 ? 1 : first / second;
  });
  const isKnown = reference.length > 1 && rows.length > 0;
  return { closest, ratio: isKnown ? quantileOf(ratios.sort(), 0.05) : null };
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

/** The middle distance, the one that 5 % are below, and how they are spread. */
export function summarizeDistances(distances: Float64Array): DistanceSummary {
  const sorted = distances.slice().sort();
  const quantiles = Array.from({ length: 21 }, (_, k) =>
    Number(quantileOf(sorted, k / 20).toFixed(4)),
  );
  return { median: quantileOf(sorted, 0.5), fifthPercentile: quantileOf(sorted, 0.05), quantiles };
}
