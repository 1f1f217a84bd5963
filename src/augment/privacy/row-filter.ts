import type { Schema } from 'apache-arrow';
import { hashRows } from '../../data/content/fingerprint.js';
import { concatenateBatches } from '../../data/interleave.js';
import { DataError } from '../../errors.js';
import type { Model } from '../../gan/model/model.js';
import type { HeldOut } from '../fitting/hold-out.js';
import { indexNearest } from './nearest.js';
import type { RowFilter } from './reject-rows.js';
import { createRowSpace } from './row-space.js';

/** What a filter has dropped. */
export interface RejectedRows {
  /** Rows that were looked at. */
  readonly seen: number;
  /** Rows that are equal to a training row in every column that is learned. */
  readonly copies: number;
  /** Rows that are nearer to a training row than is allowed. */
  readonly close: number;
}

/** Held-out rows that distances are taken of, at most. */
const mostHoldout = 1000;

/**
 * A filter of synthetic rows: copies of training rows are dropped, and rows that are nearer to one
 * than the `quantile` of held-out real rows is. It lives in memory; nothing of it is ever saved.
 *
 * @param rejected Counted up.
 * @throws DataError when there are no held-out rows to compare with.
 */
export function createRowFilter(
  schema: Schema,
  model: Model,
  { training, holdout }: HeldOut,
  quantile: number,
  rejected: { -readonly [Key in keyof RejectedRows]: RejectedRows[Key] },
): RowFilter {
  // What is not learned, such as identifiers, is never the same.
  const columns = [...model.encoders.keys()].filter((k) => model.encoders[k]?.spans.length);
  const copies = new Set(training.flatMap((batch) => hashRows(batch, columns)));
  const space = createRowSpace(schema, training, columns);
  const index = indexNearest(space, space.place(concatenateBatches(schema, training)));
  const threshold = quantile === 0 ? 0 : thresholdOf();

  function thresholdOf(): number {
    const rows = concatenateBatches(schema, holdout);
    if (rows.numRows === 0) {
      throw new DataError('no rows are held out for rejectCloserThan: give more rows to train on');
    }
    const points = space.place(rows);
    const step = Math.ceil(points.length / mostHoldout);
    const distances: number[] = [];
    for (let row = 0; row < points.length; row += step) distances.push(index.distance(points, row));
    distances.sort((a, b) => a - b);
    return distances[Math.floor(quantile * (distances.length - 1))] as number;
  }

  return {
    keep(chunk) {
      const points = space.place(chunk);
      return hashRows(chunk, columns).map((hash, row) => {
        rejected.seen++;
        if (copies.has(hash)) {
          rejected.copies++;
          return false;
        }
        if (index.distance(points, row, threshold) >= threshold) return true;
        rejected.close++;
        return false;
      });
    },
  };
}
