import type { Rows } from '../../columns/column.js';
import { meanOf } from '../../columns/statistics.js';
import { type ColumnShape, columnShapes } from './column-shapes.js';
import { type PairOptions, type PairTrend, pairTrends } from './pair-trends.js';

/** How alike real and synthetic rows look, 1 being alike. */
export interface Quality {
  /** The mean of `columnShapes` and `columnPairTrends`. */
  readonly score: number | null;
  /** The mean over the columns. */
  readonly columnShapes: number | null;
  /** The mean over the pairs whose real link is strong; `null` without one. */
  readonly columnPairTrends: number | null;
  /** Each column by itself. */
  readonly columns: readonly ColumnShape[];
  /** Each pair of columns. */
  readonly pairs: readonly PairTrend[];
}

/** The quality score of SDMetrics 0.32; with `edges: 'own'` to the digit. */
export function quality(real: Rows, synthetic: Rows, options: PairOptions = {}): Quality {
  const columns = columnShapes(real, synthetic);
  const pairs = pairTrends(real, synthetic, options);
  const shapes = meanOf(columns.map(({ score }) => score));
  const trends = meanOf(pairs.flatMap(({ counts, score }) => (counts ? [score] : [])));
  return {
    score: meanOf([shapes, trends]),
    columnShapes: shapes,
    columnPairTrends: trends,
    columns,
    pairs,
  };
}
