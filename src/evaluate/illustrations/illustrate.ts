import type { RecordBatch } from 'apache-arrow';
import type { Rows } from '../../columns/column.js';
import type { Random } from '../../random.js';
import type { PairTrend } from '../fidelity/pair-trends.js';
import { type DrawnPair, drawPairs } from './drawn-pairs.js';
import { mapRows, type RowMap } from './row-map.js';
import { type SampleCells, sampleCells } from './sample-cells.js';

/** What a report shows beside numbers. It holds some rows of the data, real ones too. */
export interface Illustrations {
  /** Some rows as text. */
  readonly rows: SampleCells;
  /** `null` without columns to compare. */
  readonly map: RowMap | null;
  /** Pairs of numbers whose link is least alike. */
  readonly pairs: readonly DrawnPair[];
}

/** A side of a comparison: its rows as they came, and as columns that can be compared. */
export interface IllustratedSide {
  readonly batches: readonly RecordBatch[];
  readonly rows: Rows;
}

/** Draws what a report shows of both sides. */
export function illustrate(
  real: IllustratedSide,
  synthetic: IllustratedSide,
  pairs: readonly PairTrend[],
  random: Random,
): Illustrations {
  return {
    rows: sampleCells(real.batches, synthetic.batches),
    map: mapRows(real.rows, synthetic.rows, random.fork('map')),
    pairs: drawPairs(real.rows, synthetic.rows, pairs, random.fork('pairs')),
  };
}
