import type { Data } from 'apache-arrow';

/** Rows `start` to `start + length` of the source with number `source`. */
export interface Run {
  readonly source: number;
  readonly start: number;
  readonly length: number;
}

type Numbers = Int32Array | Float64Array;

/**
 * Runs side by side in arrays: where they are very many, objects would be slow to walk along, and
 * much garbage.
 */
export interface RunList {
  /** How many runs there are; the arrays may be longer. */
  readonly count: number;
  /** Rows in all runs together. */
  readonly rows: number;
  readonly sources: Int32Array;
  readonly starts: Numbers;
  readonly lengths: Numbers;
  /** The row behind the last one of each source that any run takes; undefined where none does. */
  readonly ends: readonly (number | undefined)[];
}

/** A list that runs are added to, at its end. */
export interface RunBuilder extends RunList {
  /** Adds a run; one without rows is left out. */
  add(source: number, start: number, length: number): void;
}

/** Elements up to which a loop copies faster than `set` of a `subarray`. */
export const shortRun = 32;

/** An empty list, with room for so many runs before it grows. */
export function createRunList(capacity = 16): RunBuilder {
  const list = {
    count: 0,
    rows: 0,
    sources: new Int32Array(capacity),
    starts: new Int32Array(capacity) as Numbers,
    lengths: new Int32Array(capacity) as Numbers,
    ends: [] as number[],
    add(source: number, start: number, length: number) {
      if (length === 0) return;
      if (!(start >= 0 && length > 0)) throw outside(source, start, length);
      const { count } = list;
      if (count === list.sources.length) {
        list.sources = grown(list.sources) as typeof list.sources;
        list.starts = grown(list.starts);
        list.lengths = grown(list.lengths);
      }
      if (start > most32) list.starts = wide(list.starts);
      if (length > most32) list.lengths = wide(list.lengths);
      list.sources[count] = source;
      list.starts[count] = start;
      list.lengths[count] = length;
      list.count = count + 1;
      list.rows += length;
      if (!((list.ends[source] ?? 0) >= start + length)) list.ends[source] = start + length;
    },
  };
  return list;
}

/** Bytes of large text can be more than 32 bits count. */
const most32 = 2 ** 31 - 1;

function wide(numbers: Numbers): Float64Array {
  return numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);
}

function grown(numbers: Numbers): Numbers {
  const longer = new (numbers.constructor as Int32ArrayConstructor)(2 * numbers.length + 16);
  longer.set(numbers);
  return longer;
}

/** The same runs as a list. */
export function listRuns(runs: readonly Run[] | RunList): RunList {
  if (!isArray(runs)) return runs;
  const list = createRunList(runs.length);
  for (const { source, start, length } of runs) list.add(source, start, length);
  return list;
}

function isArray(runs: readonly Run[] | RunList): runs is readonly Run[] {
  return Array.isArray(runs);
}

/** All rows of source 0, which has so many. */
export function wholeRun(length: number): RunList {
  return listRuns([{ source: 0, start: 0, length }]);
}

/** Raises if a run is not within its source: a RangeError. */
export function checkRuns(sources: readonly Data[], { ends }: RunList): void {
  ends.forEach((end, source) => {
    const rows = sources[source]?.length ?? 0;
    if (end !== undefined && end > rows) throw outside(source, rows, end - rows);
  });
}

function outside(source: number, start: number, length: number): RangeError {
  return new RangeError(
    `run is outside its source: rows ${start} to ${start + length} of batch ${source}`,
  );
}
