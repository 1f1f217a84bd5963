import type { RecordBatch, Schema } from 'apache-arrow';
import type { Shares } from '../augment/mixing/shares.js';
import { createClassifier } from '../augment/plan/classify.js';

/** Which synthetic rows are due, counted one real row after the other. */
export interface DuePlan {
  /** The class of each real row, as a place in the list of ratios. */
  readonly classes: readonly number[];
  /** Synthetic rows due after the first n real rows, for each n. */
  readonly dueAfter: readonly number[];
  /** The class of each synthetic row, in the order in which they fall due. */
  readonly dueClasses: readonly number[];
}

/**
 * Plans by counting, row by row, with nothing of how the operator plans.
 *
 * @param startsAt Real rows that pass before the ratio counts.
 * @param limit Synthetic rows in all, at most.
 */
export function planDue(
  schema: Schema,
  batches: readonly RecordBatch[],
  shares: Shares,
  { startsAt = 0, limit = Number.POSITIVE_INFINITY }: { startsAt?: number; limit?: number },
): DuePlan {
  const classes = classesOf(schema, batches, shares);
  const seen = shares.ratios.map(() => 0);
  const owed = shares.ratios.map(() => 0);
  const dueAfter = [0];
  const dueClasses: number[] = [];
  for (const [row, place] of classes.entries()) {
    if (row >= startsAt) {
      seen[place] = (seen[place] ?? 0) + 1;
      const due = shares.ratios[place]?.dueAfter(seen[place]) ?? 0;
      for (; (owed[place] ?? 0) < due && dueClasses.length < limit; dueClasses.push(place)) {
        owed[place] = (owed[place] ?? 0) + 1;
      }
    }
    dueAfter.push(dueClasses.length);
  }
  return { classes, dueAfter, dueClasses };
}

/** The class of each row of some batches, as a place in the list of ratios. */
export function classesOf(
  schema: Schema,
  batches: readonly RecordBatch[],
  shares: Shares,
): number[] {
  const classify = createClassifier(schema, shares);
  return batches.flatMap((batch) =>
    classify ? [...classify(batch)] : new Array<number>(batch.numRows).fill(0),
  );
}
