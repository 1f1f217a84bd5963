import type { RecordBatch } from 'apache-arrow';
import type { Chunks } from '../../gan/sampling/chunks.js';
import type { BatchSlice } from './batch-slice.js';

/**
 * The endless sequence of a model's synthetic rows: row k is always the same, and does not depend on
 * how many rows are taken at once.
 *
 * @returns A function that takes the next `count` rows.
 */
export function createSyntheticRows(
  chunks: Chunks,
  bind: (chunk: RecordBatch) => RecordBatch,
): (count: number) => Promise<BatchSlice[]> {
  let current: RecordBatch | undefined;
  let used = 0;
  return async (count) => {
    const slices: BatchSlice[] = [];
    for (let missing = count; missing > 0; ) {
      if (!current || used === current.numRows) {
        current = bind(await chunks.next());
        used = 0;
      }
      const length = Math.min(missing, current.numRows - used);
      slices.push({ batch: current, start: used, length });
      used += length;
      missing -= length;
    }
    return slices;
  };
}
