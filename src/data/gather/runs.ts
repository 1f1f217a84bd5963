import type { Data } from 'apache-arrow';

/** Rows `start` to `start + length` of the source with number `source`. */
export interface Run {
  readonly source: number;
  readonly start: number;
  readonly length: number;
}

/** Rows in all runs together. */
export function countRows(runs: readonly Run[]): number {
  return runs.reduce((total, run) => total + run.length, 0);
}

/** The data a run reads from. */
export function sourceOf(sources: readonly Data[], run: Run): Data {
  const data = sources[run.source];
  if (!data || run.start < 0 || run.length < 0 || run.start + run.length > data.length) {
    throw new RangeError(
      `run is outside its source: rows ${run.start} to ${run.start + run.length} of ${data?.length}`,
    );
  }
  return data;
}
