import type { DuePlan } from './due-plan.js';
import { GuaranteeError } from './guarantee-error.js';
import type { Checked, MixedRows } from './mixed-rows.js';
import { assertSameRow } from './row-reader.js';

/** Rows among which synthetic ones were put, and where these are due. */
export interface AppendedRows extends MixedRows {
  readonly placement: 'interleave' | 'append';
  readonly plan: DuePlan;
  /** The class of each row of the output, as a place in the list of ratios. */
  readonly classes: readonly number[];
}

/**
 * Checks that all real rows came out in order, each synthetic row where it is due (at 'append', no
 * earlier), and in the end exactly as many as are due.
 *
 * @throws GuaranteeError that names the row of the output and the column.
 */
export function checkAppended(rows: AppendedRows): Checked {
  const { real, out, names, marked, placement, plan } = rows;
  let [realRows, syntheticRows] = [0, 0];
  for (let row = 0; row < out.count; row++) {
    const isDue = syntheticRows < (plan.dueAfter[realRows] ?? 0);
    const isSynthetic = marked ? (marked[row] as boolean) : isDue;
    if (isSynthetic && !isDue) {
      throw new GuaranteeError(
        `is synthetic, and none is due: after ${realRows} real rows there are ${syntheticRows} already`,
        { row },
      );
    }
    if (isSynthetic) {
      checkClass(rows, row, syntheticRows);
      rows.checkSynthetic(row);
      syntheticRows++;
      continue;
    }
    if (isDue && placement === 'interleave') {
      throw new GuaranteeError(
        `is real, and a synthetic one is due: after ${realRows} real rows there are only ${syntheticRows}`,
        { row },
      );
    }
    if (realRows === real.count) {
      throw new GuaranteeError(`is one more than the ${realRows} real rows`, { row });
    }
    assertSameRow(out, row, real, realRows, names, `real row ${realRows}`);
    realRows++;
  }
  checkTotals(rows, realRows, syntheticRows);
  return { realRows, syntheticRows };
}

function checkClass({ plan, classes }: AppendedRows, row: number, synthetic: number): void {
  if (classes[row] === plan.dueClasses[synthetic]) return;
  throw new GuaranteeError('is synthetic, and of another class than the one that is due', { row });
}

function checkTotals({ real, out, plan }: AppendedRows, realRows: number, synthetic: number): void {
  if (realRows < real.count) {
    const problem = `ends after ${realRows} of ${real.count} real rows`;
    throw new GuaranteeError(`the output ${problem}`, { row: out.count });
  }
  const due = plan.dueAfter[realRows] ?? 0;
  if (synthetic === due) return;
  throw new GuaranteeError(`the output ends with ${synthetic} synthetic rows instead of ${due}`, {
    row: out.count,
  });
}
