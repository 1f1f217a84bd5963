import type { RecordBatch, Schema } from 'apache-arrow';
import { gatherRuns } from '../data/interleave.js';
import type { Ratio } from './ratio.js';
import type { RowRange } from './synthetic-rows.js';

type Run = Parameters<typeof gatherRuns>[2][number];

/**
 * One output batch from a real batch and the synthetic rows that it makes due.
 *
 * @param before Real rows that went out before this batch.
 */
export function mixBatch(
  schema: Schema,
  real: RecordBatch,
  synthetic: readonly RowRange[],
  ratio: Ratio,
  before: number,
  placement: 'interleave' | 'append',
): RecordBatch {
  const sources = [real, ...synthetic.map(({ batch }) => batch)];
  const rows = synthetic.flatMap(({ start, length }, k) => ({ source: k + 1, start, length }));
  const runs =
    placement === 'append'
      ? [{ source: 0, start: 0, length: real.numRows }, ...rows]
      : interleave(real.numRows, rows, ratio, before);
  return gatherRuns(schema, sources, runs);
}

/** Each synthetic row right after the real row that makes it due. */
function interleave(realRows: number, synthetic: Run[], ratio: Ratio, before: number): Run[] {
  const runs: Run[] = [];
  let done = 0;
  let k = ratio.dueAfter(before);
  for (const { source, start, length } of synthetic) {
    for (let row = start; row < start + length; row++) {
      k++;
      const until = ratio.realRowsFor(k) - before;
      if (until > done) runs.push({ source: 0, start: done, length: until - done });
      done = until;
      const last = runs.at(-1);
      // Rows that are due at once stay one run.
      if (last?.source === source && last.start + last.length === row) {
        runs[runs.length - 1] = { ...last, length: last.length + 1 };
      } else {
        runs.push({ source, start: row, length: 1 });
      }
    }
  }
  if (realRows > done) runs.push({ source: 0, start: done, length: realRows - done });
  return runs;
}
