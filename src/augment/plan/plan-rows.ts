import type { RecordBatch } from 'apache-arrow';
import { createRunList } from '../../data/batches/interleave.js';
import { type MixPart, mostDue, sourceOfRun } from '../mixing/mix.js';
import type { Classifier } from './classify.js';
import type { DueRows } from './due-rows.js';

/** How each row is dealt with. */
export interface RowRules {
  readonly classify: Classifier | undefined;
  /** The rows that may make others due, 1 or 0 for each; by default all. */
  readonly eligible?: ((batch: RecordBatch) => Uint8Array) | undefined;
  /** For each class. */
  readonly due: readonly DueRows[];
  /** Whether synthetic rows take the place of real ones. */
  readonly replaces: boolean;
  readonly placement: 'interleave' | 'append';
  /** Synthetic rows in all. */
  readonly limit: number;
}

/** Plans row by row: where rows are of classes, or are replaced. */
export function planRows(rules: RowRules): (batch: RecordBatch) => Generator<MixPart, void> {
  const { classify, due, replaces, placement } = rules;
  let left = rules.limit;
  return function* (batch) {
    const classes = classify?.(batch);
    const eligible = rules.eligible?.(batch);
    let part = createPart(0, placement);
    for (let row = 0; row < batch.numRows; row++) {
      if (eligible?.[row] === 0) continue;
      const place = classes ? (classes[row] as number) : 0;
      let count = left > 0 ? Math.min((due[place] as DueRows)(), left) : 0;
      if (count === 0) continue;
      left -= count;
      part.realUntil(row + (replaces ? 0 : 1));
      if (replaces) part.skip();
      while (count > 0) {
        const taken = Math.min(count, mostDue - part.count);
        part.add(place, row, taken);
        count -= taken;
        if (part.count < mostDue) continue;
        yield part.finish();
        part = createPart(part.next, placement);
      }
    }
    part.realUntil(batch.numRows);
    if (part.hasRows || batch.numRows === 0) yield part.finish();
  };
}

/** One output batch in the making; `from` is the first real row that is not in another one. */
function createPart(from: number, placement: 'interleave' | 'append') {
  const { real, synthetic } = sourceOfRun;
  const runs = createRunList();
  const classes: { place: number; count: number }[] = [];
  const ancestors: number[] = [];
  let [next, count] = [from, 0];
  return {
    get count() {
      return count;
    },
    get next() {
      return next;
    },
    get hasRows() {
      return runs.count > 0 || count > 0;
    },
    realUntil(end: number) {
      if (end > next) runs.add(real, next, end - next);
      next = Math.max(next, end);
    },
    /** Leaves a real row out. */
    skip() {
      next++;
    },
    add(place: number, ancestor: number, length: number) {
      const last = classes.at(-1);
      if (last?.place === place) last.count += length;
      else classes.push({ place, count: length });
      if (placement === 'interleave') runs.add(synthetic, count, length);
      count += length;
      for (let k = 0; k < length; k++) ancestors.push(ancestor);
    },
    finish(): MixPart {
      if (placement === 'append') runs.add(synthetic, 0, count);
      return { due: count, runs, classes, ancestorOf: (k) => ancestors[k] as number };
    },
  };
}
