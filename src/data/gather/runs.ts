import type { Data } from 'apache-arrow';

/** Rows `start` to `start + length` of the source with number `source`. */
export interface Run {
  readonly source: number;
  readonly start: number;
  readonly length: number;
}

/** Elements up to which a loop copies faster than `set` of a `subarray`. */
export const shortRun = 32;

/** Rows in all runs together. */
export function countRows(runs: readonly Run[]): number {
  let rows = 0;
  for (const run of runs) rows += run.length;
  return rows;
}

/** Raises if a run is not within its source: a RangeError. */
export function checkRuns(sources: readonly Data[], runs: readonly Run[]): void {
  for (const { source, start, length } of runs) {
    const rows = sources[source]?.length ?? -1;
    if (start >= 0 && length >= 0 && start + length <= rows) continue;
    throw new RangeError(
      `run is outside its source: rows ${start} to ${start + length} of ${sources[source]?.length}`,
    );
  }
}

/** The data a run reads from; `checkRuns` has seen that it is there. */
export function sourceOf(sources: readonly Data[], run: Run): Data {
  return sources[run.source] as Data;
}
