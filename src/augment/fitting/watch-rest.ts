import type { RecordBatch } from 'apache-arrow';
import { createRunList, gatherRuns } from '../../data/batches/interleave.js';
import type { AugmentContext } from '../augment-context.js';
import type { BatchListener } from '../batch-listener.js';
import { createWindow, type DriftWindow } from '../drift/compare.js';
import type { Mixer } from '../mixing/mixer.js';

/** From this population stability index on a column of the rest counts as unlike. */
const threshold = 0.25;

/** Of so many rows in a row … */
const block = 64;
/** … every so many are looked at: counting all of them would cost as much as copying them. */
const every = 8;

/** Rows of a batch that are looked at; the first one is number `start` of the rest. */
function lookedAt(batch: RecordBatch, start: number): RecordBatch | undefined {
  const runs = createRunList();
  for (let row = Math.max(0, -start); row < batch.numRows; ) {
    const number = start + row;
    const end = row + block - (number % block);
    const isLookedAt = Math.floor(number / block) % every === 0;
    if (isLookedAt) runs.add(0, row, Math.min(end, batch.numRows) - row);
    row = end;
  }
  return runs.rows > 0 ? gatherRuns(batch.schema, [batch], runs) : undefined;
}

/**
 * Compares the rows of a stream that comes once that come after those that were learned with these,
 * and tells at its end of how many rows how many were learned, and how far the others were from them.
 *
 * @param learned Rows of the stream from which those that are trained on are taken.
 */
export function watchRest(
  { schema, plan, emit }: AugmentContext,
  mixer: Mixer,
  learned: number,
): BatchListener {
  const { sample = 'first', rows: size } = plan.fit;
  let rest: DriftWindow | undefined;
  let isLearned = false;
  let rows = 0;
  return {
    async before(batch) {
      const before = rows;
      rows += batch.numRows;
      const model = mixer.model();
      isLearned ||= model !== undefined;
      const summary = model?.manifest.summary;
      if (!emit || !summary) return;
      const looked = lookedAt(batch, before - learned);
      if (!looked) return;
      rest ??= createWindow(schema, summary);
      rest.add(looked);
    },
    async end() {
      if (!isLearned || rows <= learned) return;
      const drifted = rest?.drifted(threshold) ?? [];
      emit?.({
        type: 'rows-learned',
        sample: sample === 'reservoir' ? sample : 'first',
        rows: Math.min(size, learned),
        of: rows,
        drifted,
      });
    },
    async dispose() {},
  };
}
