import type { RecordBatch } from 'apache-arrow';
import { keptRows } from '../../data/batches/kept-rows.js';
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
        const kept = keptRows(chunk, await runCooperatively(filter.keep(chunk)));
        if (kept) return kept;
      }
      throw new DataError(
        `every synthetic row is too close to a training row: none of ${mostEmpty} chunks was left. ` +
          'Train on more rows or for fewer steps, or lower rejectCloserThan',
      );
    },
  };
}
