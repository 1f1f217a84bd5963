import type { RecordBatch } from 'apache-arrow';
import type { Rows } from '../../columns/column.js';
import { holdsSounds } from '../../encode/sound/layout.js';
import type { Random } from '../../random.js';
import type { PairTrend } from '../fidelity/pair-trends.js';
import { type DrawnPair, drawPairs } from './drawn-pairs.js';
import { type DrawnPictures, drawPictures } from './drawn-pictures.js';
import { type DrawnSeries, drawSequences } from './drawn-sequences.js';
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
  /** Some sequences of each series of numbers, where rows are sequences. */
  readonly sequences: readonly DrawnSeries[];
  /** Synthetic images or sounds with their nearest real ones; `null` without such a column. */
  readonly pictures: DrawnPictures | null;
}

/** A side of a comparison: its rows as they came, and as columns that can be compared. */
export interface IllustratedSide {
  readonly batches: readonly RecordBatch[];
  readonly rows: Rows;
  /** The same, and of sequences statistics of their steps in their place. */
  readonly described: Rows;
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
    map: mapRows(real.described, synthetic.described, random.fork('map')),
    pairs: drawPairs(real.rows, synthetic.rows, pairs, random.fork('pairs')),
    sequences: drawSequences(real.rows, synthetic.rows, random.fork('sequences')),
    pictures: drawPictures(real.rows, synthetic.rows, isOfSounds(real), random.fork('pictures')),
  };
}

function isOfSounds({ batches, rows }: IllustratedSide): boolean {
  const field = batches[0]?.schema.fields.find(({ name }) => name === rows.images?.name);
  return field !== undefined && holdsSounds(field);
}
