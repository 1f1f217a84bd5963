import type { RecordBatch, Schema } from 'apache-arrow';
import { sliceBatch } from '../../data/batches/interleave.js';
import { hashRows } from '../../data/content/fingerprint.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { isTensorEncoder } from '../../encode/tensor/encoder.js';
import { DataError } from '../../errors.js';
import type { Model } from '../../gan/model/model.js';
import type { CooperativeTask } from '../../threads/run-cooperatively.js';
import type { HoldoutSplit } from '../fitting/split-holdout.js';
import { indexingNearest, type NearestPoint } from './nearest.js';
import type { RowFilter } from './reject-rows.js';
import type { RejectedRows } from './rejected-rows.js';
import { createRowSpace, type Points, type RowSpace } from './row-space.js';

/** Rows that are read at once. */
const pieceRows = 128;

/** BufferedHead-out rows that distances are taken of, at most. */
const mostHoldout = 1000;

/**
 * A filter of synthetic rows: copies of training rows are dropped, and rows that are nearer to one
 * than the `quantile` of held-out real rows is. It lives in memory; nothing of it is ever saved. To
 * make it takes long for many rows: piece by piece.
 *
 * @param rejected Counted up.
 * @throws DataError when there are no held-out rows to compare with.
 */
export function* createRowFilter(
  schema: Schema,
  model: Model,
  { training, holdout }: HoldoutSplit,
  quantile: number,
  rejected: { -readonly [Key in keyof RejectedRows]: RejectedRows[Key] },
): CooperativeTask<RowFilter> {
  // What is not learned, such as identifiers, is never the same.
  const columns = [...model.encoders.keys()].filter((k) => isLearned(model.encoders[k]));
  const copies = new Set<string>();
  for (const piece of cut(training)) {
    for (const hash of hashRows(piece, columns)) copies.add(hash);
    yield;
  }
  const space = createRowSpace(schema, training, columns);
  const index = yield* indexingNearest(space, yield* placeAll(space, training));
  const threshold = quantile === 0 ? 0 : yield* thresholdOf(space, index, holdout, quantile);
  return {
    *keep(chunk) {
      const points = space.place(chunk);
      const kept: boolean[] = [];
      for (const [row, hash] of hashRows(chunk, columns).entries()) {
        rejected.seen++;
        const isCopy = copies.has(hash);
        const isClose = !isCopy && index.distance(points, row, threshold) < threshold;
        if (isCopy) rejected.copies++;
        if (isClose) rejected.close++;
        kept.push(!isCopy && !isClose);
        yield;
      }
      return kept;
    },
  };
}

const isLearned = (encoder: ColumnEncoder | undefined) =>
  encoder !== undefined && (encoder.spans.length > 0 || isTensorEncoder(encoder));

/** How near the nearest row is to the `quantile` of held-out rows. */
function* thresholdOf(
  space: RowSpace,
  index: NearestPoint,
  holdout: readonly RecordBatch[],
  quantile: number,
): CooperativeTask<number> {
  const points = yield* placeAll(space, holdout);
  if (points.length === 0) {
    throw new DataError('no rows are held out for rejectCloserThan: give more rows to train on');
  }
  const step = Math.ceil(points.length / mostHoldout);
  const distances: number[] = [];
  for (let row = 0; row < points.length; row += step) {
    distances.push(index.distance(points, row));
    yield;
  }
  distances.sort((a, b) => a - b);
  return distances[Math.floor(quantile * (distances.length - 1))] as number;
}

function* placeAll(space: RowSpace, batches: readonly RecordBatch[]): CooperativeTask<Points> {
  const length = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const cells = new Float64Array(length * space.width);
  let place = 0;
  for (const piece of cut(batches)) {
    const { cells: own } = space.place(piece);
    cells.set(own, place);
    place += own.length;
    yield;
  }
  return { cells, length };
}

function* cut(batches: readonly RecordBatch[]): Generator<RecordBatch, void, undefined> {
  for (const batch of batches) {
    for (let start = 0; start < batch.numRows; start += pieceRows) {
      yield sliceBatch(batch, start, Math.min(start + pieceRows, batch.numRows));
    }
  }
}
