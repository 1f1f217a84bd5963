import type { RecordBatch } from 'apache-arrow';
import { gatherRuns, type Run } from './interleave.js';

/** The rows of a batch that are kept, in their order; undefined if there are none. */
export function keptRows(batch: RecordBatch, kept: readonly boolean[]): RecordBatch | undefined {
  const runs: { -readonly [Key in keyof Run]: Run[Key] }[] = [];
  kept.forEach((isKept, row) => {
    const last = runs.at(-1);
    if (!isKept) return;
    if (last && last.start + last.length === row) last.length++;
    else runs.push({ source: 0, start: row, length: 1 });
  });
  return runs.length === 0 ? undefined : gatherRuns(batch.schema, [batch], runs);
}
