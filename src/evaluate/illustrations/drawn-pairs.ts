import { type Column, columnNamed, type Rows } from '../../columns/column.js';
import { sampleRows } from '../../columns/select.js';
import type { Random } from '../../random.js';
import type { PairTrend } from '../fidelity/pair-trends.js';
import type { Point } from './row-map.js';

/** Two columns of numbers, drawn as points. */
export interface DrawnPair {
  /** Names of the two columns: across, and upwards. */
  readonly columns: readonly [string, string];
  /** How alike the link is; see {@link PairTrend}. */
  readonly score: number | null;
  /** Real rows, drawn. */
  readonly real: readonly Point[];
  /** Synthetic rows, drawn. */
  readonly synthetic: readonly Point[];
}

/** Pairs that are drawn, and points of each side, at most. */
const most = { pairs: 4, points: 250 } as const;

/** The pairs of numbers whose strong real link is least alike in synthetic rows. */
export function drawPairs(
  real: Rows,
  synthetic: Rows,
  pairs: readonly PairTrend[],
  random: Random,
): DrawnPair[] {
  const linked = pairs.filter(({ counts, metric }) => counts && metric === 'CorrelationSimilarity');
  const worst = linked.toSorted((a, b) => (a.score ?? 1) - (b.score ?? 1)).slice(0, most.pairs);
  const [some, made] = [
    sampleRows(real, most.points, random.fork('real')),
    sampleRows(synthetic, most.points, random.fork('synthetic')),
  ];
  return worst.map(({ columns, score }) => ({
    columns,
    score,
    real: pointsOf(columns.map((name) => columnNamed(some, name))),
    synthetic: pointsOf(columns.map((name) => columnNamed(made, name))),
  }));
}

function pointsOf(columns: readonly Column[]): Point[] {
  const [first, second] = columns;
  if (first?.kind !== 'numeric' || second?.kind !== 'numeric') return [];
  return Array.from(first.values, (x, row): Point => [x, second.values[row] as number]).filter(
    ([x, y]) => Number.isFinite(x) && Number.isFinite(y),
  );
}
