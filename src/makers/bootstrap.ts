import type { RecordBatch } from 'apache-arrow';
import { batchesOf, type RowsInput } from '../columns/read.js';
import { concatenateBatches, gatherRuns } from '../data/batches/interleave.js';
import { createRandom } from '../random.js';
import type { RowMaker } from './row-maker.js';

/**
 * Rows drawn from the real ones with replacement: copies, which no measure of fidelity tells from
 * real rows and every measure of privacy should. What can be had without a model.
 *
 * @throws DataError for an input without rows.
 */
export function fitBootstrap(real: RowsInput): RowMaker {
  const batches = batchesOf(real, 'real');
  const all = concatenateBatches((batches[0] as RecordBatch).schema, batches);
  return {
    name: 'bootstrap',
    sample(rows, seed) {
      const random = createRandom(seed).fork('bootstrap');
      const runs = Array.from({ length: rows }, () => ({
        source: 0,
        start: random.integer(all.numRows),
        length: 1,
      }));
      return gatherRuns(all.schema, [all], runs);
    },
  };
}
