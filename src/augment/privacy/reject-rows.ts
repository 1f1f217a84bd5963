import type { RecordBatch } from 'apache-arrow';
import { gatherRuns, type Run } from '../../data/batches/interleave.js';
import { DataError } from '../../errors.js';
import type { Chunks } from '../../gan/sampling/chunks.js';
import { type CooperativeTask, runCooperatively } from '../../threads/run-cooperatively.js';

/** Says which synthetic rows may not come out, and counts them. */
export interface RowFilter {
  /** For each row of a chunk: may it come out? */
  keep(chunk: RecordBatch): CooperativeTask<readonly boolean[]>;
}

/** Chunks in a row of which nothing is left before it is given up. */
const mostEmpty = 100;

/**
 * The chunks, less the rows that a filter drops. Row k of what is left is always the same.
 *
 * @throws DataError, from `next`, when nothing is left of many chunks.
 */
export function rejectRows(chunks: Chunks, filter: RowFilter): Chunks {
  return {
    ...chunks,
    async next() {
      for (let tried = 0; tried < mostEmpty; tried++) {
        const chunk = await chunks.next();
        const runs = runsOf(await runCooperatively(filter.keep(chunk)));
        if (runs.length > 0) return gatherRuns(chunk.schema, [chunk], runs);
      }
      throw new DataError(
        `every synthetic row is too close to a training row: none of ${mostEmpty} chunks was left. ` +
          'Train on more rows or for fewer steps, or lower rejectCloserThan',
      );
    },
  };
}

function runsOf(kept: readonly boolean[]): Run[] {
  const runs: { source: number; start: number; length: number }[] = [];
  kept.forEach((isKept, row) => {
    const last = runs.at(-1);
    if (!isKept) return;
    if (last && last.start + last.length === row) last.length++;
    else runs.push({ source: 0, start: row, length: 1 });
  });
  return runs;
}
