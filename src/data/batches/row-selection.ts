import type { RecordBatch } from 'apache-arrow';
import { createRunList, gatherRuns } from './interleave.js';

/** Numbers of rows of a source, counted from 0. */
export interface RowSelection {
  /** Rows in all. */
  readonly rows: number;
  /** Whether one of them is of `start` up to, not including, `end`. */
  meets(start: number, end: number): boolean;
  /** Those of a batch whose first row is number `start`; undefined if there are none. */
  cut(batch: RecordBatch, start: number): RecordBatch | undefined;
  /** The same rows of a source that begins at row `start` of this one. */
  from(start: number): RowSelection;
}

/** @param numbers Numbers of rows, ascending, each once. */
export function selectRows(numbers: Float64Array, origin = 0): RowSelection {
  return {
    rows: numbers.length,
    meets(start, end) {
      const next = numbers[firstAtLeast(numbers, origin + start)];
      return next !== undefined && next < origin + end;
    },
    cut(batch, start) {
      const first = firstAtLeast(numbers, origin + start);
      const end = firstAtLeast(numbers, origin + start + batch.numRows);
      if (end === first) return undefined;
      if (end - first === batch.numRows) return batch;
      const runs = createRunList(end - first);
      for (let place = first; place < end; place++) {
        runs.add(0, (numbers[place] as number) - origin - start, 1);
      }
      return gatherRuns(batch.schema, [batch], runs);
    },
    from: (start) => selectRows(numbers, origin + start),
  };
}

/** The rows of a selection, of batches that come one after the other. */
export async function* cutSelected(
  batches: AsyncIterable<RecordBatch>,
  selection: RowSelection,
): AsyncGenerator<RecordBatch, void, undefined> {
  let start = 0;
  for await (const batch of batches) {
    const part = selection.cut(batch, start);
    start += batch.numRows;
    if (part) yield part;
  }
}

/** Place of the first number that is not smaller; numbers ascend. */
function firstAtLeast(numbers: Float64Array, wanted: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
