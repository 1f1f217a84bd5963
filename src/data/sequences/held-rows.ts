import type { RecordBatch } from 'apache-arrow';
import { createRunList, type RunList } from '../gather/runs.js';

/** Rows of a stream from number `start` to `end`, `end` not included. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** The last batches of a stream, whose rows are known by their number in it. */
export interface HeldRows {
  /** Number of the next row that is added. */
  readonly end: number;
  add(batch: RecordBatch): void;
  /** Lets go of the batches that lie before a row. */
  forget(before: number): void;
  readonly batches: readonly RecordBatch[];
  /** The rows of ranges, which must be held and come in order, as runs of `batches`. */
  runs(ranges: readonly RowRange[]): RunList;
}

/** Holds batches until they are let go of. */
export function createHeldRows(): HeldRows {
  const batches: RecordBatch[] = [];
  const starts: number[] = [];
  let end = 0;
  return {
    get end() {
      return end;
    },
    batches,
    add(batch) {
      if (batch.numRows === 0) return;
      batches.push(batch);
      starts.push(end);
      end += batch.numRows;
    },
    forget(before) {
      while (batches.length > 0 && (starts[1] ?? end) <= before) {
        batches.shift();
        starts.shift();
      }
    },
    runs(ranges) {
      const list = createRunList(ranges.length);
      let first = 0;
      for (const { start, end: stop } of ranges) {
        while ((starts[first + 1] ?? end) <= start) first++;
        for (let at = start, source = first; at < stop; source++) {
          const until = Math.min(stop, starts[source + 1] ?? end);
          list.add(source, at - (starts[source] as number), until - at);
          at = until;
        }
      }
      return list;
    },
  };
}
