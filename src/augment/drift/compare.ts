import type { RecordBatch, Schema } from 'apache-arrow';
import { type ColumnSummary, createBinner } from '../../encode/summary/column-summary.js';
import { columnOf } from '../../encode/table.js';
import type { DriftedColumn } from './drifted-column.js';
import { largestGap, stabilityIndex } from './stability.js';

/** Counts of a window of rows, in the bins of the training rows. */
export interface DriftWindow {
  readonly rows: number;
  add(batch: RecordBatch): void;
  /** The columns that are beyond the threshold, the worst first. */
  drifted(threshold: number): DriftedColumn[];
}

/** An empty window; its memory is one count a bin. */
export function createWindow(schema: Schema, summaries: readonly ColumnSummary[]): DriftWindow {
  const columns = summaries.map((summary) => ({
    summary,
    place: schema.fields.findIndex(({ name }) => name === summary.name),
    count: createBinner(summary),
    counts: summary.shares.map(() => 0),
  }));
  let rows = 0;
  return {
    get rows() {
      return rows;
    },
    add(batch) {
      if (batch.numRows === 0) return;
      rows += batch.numRows;
      for (const { place, count, counts } of columns) {
        const vector = columnOf([batch], place);
        vector &&
          count(vector).forEach((more, bin) => {
            counts[bin] = (counts[bin] as number) + more;
          });
      }
    },
    drifted(threshold) {
      return columns
        .map(({ summary: { name, shares, edges }, counts }) => {
          const now = counts.map((count) => count / rows);
          const index = stabilityIndex(shares, now);
          return { name, index, ...(edges ? { gap: largestGap(shares, now) } : {}) };
        })
        .filter(({ index }) => index >= threshold)
        .sort((a, b) => b.index - a.index);
    },
  };
}
