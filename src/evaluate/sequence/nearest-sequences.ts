import type { Sequences } from '../../columns/column.js';
import { drawIndices, sampleRows } from '../../columns/select.js';
import { quantileOf } from '../../columns/statistics.js';
import type { Random } from '../../random.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import {
  type DistanceSummary,
  type HoldoutProtection,
  shareCloser,
  summarizeDistances,
} from '../privacy/protection.js';
import type { ComparedSequences } from './compared-sequences.js';
import { createWarping, type Path, pathScale, pathsOf, type WarpingDistance } from './warping.js';

/** How near synthetic sequences come to real ones, by dynamic time warping. */
export interface NearestSequences {
  /** Sequences that were drawn. */
  readonly sequences: {
    /** Synthetic ones, and held-out ones. */
    readonly queries: number;
    /** Those that they were compared with, of each table. */
    readonly reference: number;
  };
  /** Distances to the closest real sequence, in standard deviations of a number. */
  readonly synthetic: DistanceSummary;
  /** Beside sequences that the synthetic ones were not made from; `null` without these. */
  readonly holdout: NearestOfHoldout | null;
}

/** How near synthetic sequences come to those that they were made from, and to others. */
export interface NearestOfHoldout extends Omit<HoldoutProtection, 'neighbourRatio'> {
  /**
   * Where the middle 95 % of `closerToReal` lie if learned and held-out sequences are dealt at random: far
   * from a half where synthetic sequences are much alike, so that few real ones are the nearest of many.
   */
  readonly byChance: {
    /** The 2.5th percentile. */
    readonly low: number;
    /** The 97.5th percentile. */
    readonly high: number;
  };
}

/** How often sequences are dealt at random. */
const deals = 200;

/** Sequences that are drawn, at most. */
const most = { queries: 200, reference: 1000 };

/** Cells of the matrices of all pairs, times series, at most about: some seconds. */
const budget = 4e8;

/**
 * Distances of synthetic sequences to the closest real and held-out ones: steps alone count, and no
 * attributes; sequences without steps are left out. As many real as held-out sequences are compared, at most 1,000, and fewer long ones.
 */
export async function nearestSequences(
  { real, synthetic, holdout }: ComparedSequences,
  random: Random,
  signal?: AbortSignal,
): Promise<NearestSequences> {
  const scale = pathScale(real.sequences);
  const warp = createWarping(scale);
  const pairs = Math.floor(budget / costOfPair(real.sequences));
  const reference = Math.min(
    most.reference,
    Math.max(Math.floor(pairs / most.queries / 3), 20),
    real.length,
    holdout?.length ?? real.length,
  );
  const draw = (rows: ComparedSequences['real'], count: number, what: string) =>
    pathsOf(sampleRows(rows, count, random.fork(what)).sequences as Sequences, scale).filter(
      ({ points }) => points > 0,
    );
  const queries = draw(synthetic, most.queries, 'synthetic');
  const known = draw(real, reference, 'real');
  const others = holdout ? draw(holdout, reference, 'holdout') : [];
  const distances = await distancesOf(queries, [...known, ...others], warp, signal);
  const places = Int32Array.from({ length: known.length + others.length }, (_, place) => place);
  const toReal = closest(distances, places.subarray(0, known.length));
  const found = {
    sequences: { queries: queries.length, reference },
    synthetic: summarizeDistances(toReal),
  };
  if (!holdout) return { ...found, holdout: null };
  const shareOf = (order: Int32Array) =>
    shareCloser(
      closest(distances, order.subarray(0, known.length)),
      closest(distances, order.subarray(known.length)),
    );
  const dealt = random.fork('deals');
  const byChance = Float64Array.from({ length: deals }, (_, deal) =>
    shareOf(drawIndices(places.length, places.length, dealt.fork(deal))),
  ).sort();
  const strangers = await distancesOf(others.slice(0, most.queries), known, warp, signal);
  return {
    ...found,
    holdout: {
      distances: summarizeDistances(closest(strangers, places.subarray(0, known.length))),
      closerToReal: shareOf(places),
      byChance: { low: quantileOf(byChance, 0.025), high: quantileOf(byChance, 0.975) },
    },
  };
}

/** Cells that a pair of sequences of mean length takes, times series. */
function costOfPair({ offsets, steps }: Sequences): number {
  const length = Math.min((offsets.at(-1) as number) / Math.max(offsets.length - 1, 1), 64);
  return Math.max(length * (0.2 * length + 3) * steps.length, 1);
}

/** The distances of each query to all of the others. */
async function distancesOf(
  queries: readonly Path[],
  others: readonly Path[],
  warp: WarpingDistance,
  signal: AbortSignal | undefined,
): Promise<Float64Array[]> {
  const distances: Float64Array[] = [];
  for (const query of queries) {
    await yieldToEventLoop(signal);
    distances.push(Float64Array.from(others, (path) => warp(query, path)));
  }
  return distances;
}

/** The least distance of each query to those at some places. */
function closest(distances: readonly Float64Array[], places: Int32Array): Float64Array {
  return Float64Array.from(distances, (own) =>
    places.reduce(
      (least, place) => Math.min(least, own[place] as number),
      Number.POSITIVE_INFINITY,
    ),
  );
}
