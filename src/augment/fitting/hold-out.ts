import type { RecordBatch } from 'apache-arrow';
import { gatherRuns, type Run } from '../../data/batches/interleave.js';
import type { Random } from '../../random.js';

/** Rows to train on, and rows to judge by. */
export interface HeldOut {
  readonly training: readonly RecordBatch[];
  readonly holdout: readonly RecordBatch[];
}

/**
 * Draws rows of some batches to be held out, each with the probability `share`. Which rows these are
 * depends on `random` and their numbers, not on how they are cut into batches.
 */
export function holdOut(batches: readonly RecordBatch[], share: number, random: Random): HeldOut {
  if (share === 0) return { training: batches, holdout: [] };
  const training: RecordBatch[] = [];
  const holdout: RecordBatch[] = [];
  for (const batch of batches) {
    const [kept, out]: [Run[], Run[]] = [[], []];
    for (let row = 0; row < batch.numRows; row++) {
      const runs = random.uniform() < share ? out : kept;
      runs.push({ source: 0, start: row, length: 1 });
    }
    if (kept.length > 0) training.push(gatherRuns(batch.schema, [batch], kept));
    if (out.length > 0) holdout.push(gatherRuns(batch.schema, [batch], out));
  }
  return { training, holdout };
}
