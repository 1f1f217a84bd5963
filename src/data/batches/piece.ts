import type { RecordBatch, Schema } from 'apache-arrow';
import { gatherRuns, sliceBatch } from './interleave.js';

/** Rows of a batch from `start` to `end`, `end` not included. */
export interface Piece {
  readonly batch: RecordBatch;
  readonly start: number;
  readonly end: number;
}

/** The rows of a piece as a batch: a copy, unless they are all of its batch. */
export function pieceBatch({ batch, start, end }: Piece): RecordBatch {
  return end - start === batch.numRows ? batch : sliceBatch(batch, start, end);
}

/** The rows of all pieces as one batch, a copy. */
export function joinPieces(schema: Schema, pieces: readonly Piece[]): RecordBatch {
  const batches = pieces.map(({ batch }) => batch);
  const runs = pieces.map(({ start, end }, source) => ({ source, start, length: end - start }));
  return gatherRuns(schema, batches, runs);
}

/** Rows of all pieces together. */
export function countPieceRows(pieces: readonly Piece[]): number {
  return pieces.reduce((rows, { start, end }) => rows + end - start, 0);
}
