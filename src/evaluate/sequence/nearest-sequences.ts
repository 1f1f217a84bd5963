import type { Sequences } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
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
  readonly holdout: Omit<HoldoutProtection, 'neighbourRatio'> | null;
}

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
  const toReal = await closest(queries, known, warp, signal);
  const found = {
    sequences: { queries: queries.length, reference },
    synthetic: summarizeDistances(toReal),
  };
  if (!holdout) return { ...found, holdout: null };
  const others = draw(holdout, reference, 'holdout');
  const toOthers = await closest(queries, others, warp, signal);
  const strangers = await closest(others.slice(0, most.queries), known, warp, signal);
  return {
    ...found,
    holdout: {
      distances: summarizeDistances(strangers),
      closerToReal: shareCloser(toReal, toOthers),
    },
  };
}

/** Cells that a pair of sequences of mean length takes, times series. */
function costOfPair({ offsets, steps }: Sequences): number {
  const length = Math.min((offsets.at(-1) as number) / Math.max(offsets.length - 1, 1), 64);
  return Math.max(length * (0.2 * length + 3) * steps.length, 1);
}

async function closest(
  queries: readonly Path[],
  reference: readonly Path[],
  warp: WarpingDistance,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const distances = new Float64Array(queries.length);
  for (const [k, query] of queries.entries()) {
    await yieldToEventLoop(signal);
    distances[k] = reference.reduce(
      (least, path) => Math.min(least, warp(query, path, least)),
      Number.POSITIVE_INFINITY,
    );
  }
  return distances;
}
