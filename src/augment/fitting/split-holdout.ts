import type { RecordBatch } from 'apache-arrow';
import { createRunList, gatherRuns } from '../../data/batches/interleave.js';
import type { Random } from '../../random.js';
import type { CooperativeTask } from '../../threads/run-cooperatively.js';

/** Rows to train on, and rows to judge a model by. */
export interface HoldoutSplit {
  readonly training: readonly RecordBatch[];
  readonly holdout: readonly RecordBatch[];
}

/** Rows that are drawn at once. */
const piece = 4096;

/**
 * Draws rows of some batches to be held out, each with the probability `share`. Which rows these are
 * depends on `random` and their numbers, not on how they are cut into batches.
 */
export function* splitHoldout(
  batches: readonly RecordBatch[],
  share: number,
  random: Random,
): CooperativeTask<HoldoutSplit> {
  if (share === 0) return { training: batches, holdout: [] };
  const training: RecordBatch[] = [];
  const holdout: RecordBatch[] = [];
  for (const batch of batches) {
    for (let start = 0; start < batch.numRows; start += piece) {
      const [kept, out] = [createRunList(piece), createRunList()];
      const end = Math.min(start + piece, batch.numRows);
      for (let row = start; row < end; row++) {
        (random.uniform() < share ? out : kept).add(0, row, 1);
      }
      if (kept.rows > 0) training.push(gatherRuns(batch.schema, [batch], kept));
      if (out.rows > 0) holdout.push(gatherRuns(batch.schema, [batch], out));
      yield;
    }
  }
  return { training, holdout };
}
