import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../batches/batch.js';
import { assembleData, gatherData } from '../gather/data.js';
import type { HeldRows, RowRange } from './held-rows.js';

/**
 * One row for each range of rows: lists of their values, and of attributes the value of the first.
 *
 * @param grouped The schema of the result, with lists in the place of series.
 * @param isSeries Says of each column whether it is one.
 */
export function gatherSequences(
  grouped: Schema,
  isSeries: readonly boolean[],
  held: HeldRows,
  ranges: readonly RowRange[],
): RecordBatch {
  const all = held.runs(ranges);
  const firsts = held.runs(ranges.map(({ start }) => ({ start, end: start + 1 })));
  const valueOffsets = offsetsOf(ranges);
  const columns = grouped.fields.map(({ type }, column) => {
    const sources = held.batches.map(({ data }) => data.children[column] as Data);
    if (!isSeries[column]) return gatherData(type, sources, firsts);
    const items = gatherData(type.children[0]?.type as never, sources, all);
    return assembleData(type, ranges.length, 0, undefined, { valueOffsets, children: [items] });
  });
  return makeBatch(grouped, columns, ranges.length);
}

function offsetsOf(ranges: readonly RowRange[]): Int32Array {
  const offsets = new Int32Array(ranges.length + 1);
  ranges.forEach(({ start, end }, k) => {
    offsets[k + 1] = (offsets[k] as number) + end - start;
  });
  return offsets;
}
