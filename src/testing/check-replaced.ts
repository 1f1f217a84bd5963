import type { Shares } from '../augment/mixing/shares.js';
import { GuaranteeError } from './guarantee-error.js';
import type { Checked, MixedRows } from './mixed-rows.js';
import { assertSameRow } from './row-reader.js';

/** Rows some of which were replaced by synthetic ones. */
export interface ReplacedRows extends MixedRows {
  /** The class of each real row, as a place in the list of ratios. */
  readonly classes: readonly number[];
  readonly shares: Shares;
  readonly startsAt?: number;
  readonly limit?: number;
}

/**
 * Checks that as many rows came out as went in, that those which stay are the real ones of their
 * places, and that after each full share of rows of a class exactly its share was replaced.
 *
 * @throws GuaranteeError that names the row of the output and the column.
 */
export function checkReplaced(rows: ReplacedRows): Checked {
  const { real, out, names, marked, limit = Number.POSITIVE_INFINITY, startsAt = 0 } = rows;
  const counters = rows.shares.ratios.map(() => ({ seen: 0, replaced: 0, full: 0 }));
  if (out.count !== real.count) {
    const row = Math.min(out.count, real.count);
    throw new GuaranteeError(`there are ${out.count} rows instead of ${real.count}`, { row });
  }
  let syntheticRows = 0;
  for (let row = 0; row < out.count; row++) {
    if (marked?.[row]) {
      rows.checkSynthetic(row);
      syntheticRows++;
    } else {
      assertSameRow(out, row, real, row, names, `real row ${row}`);
    }
    if (syntheticRows > limit) {
      throw new GuaranteeError(`is one synthetic row more than the limit of ${limit}`, { row });
    }
    const place = rows.classes[row] as number;
    const counter = counters[place] as { seen: number; replaced: number; full: number };
    if (row >= startsAt) counter.seen++;
    if (marked?.[row]) counter.replaced++;
    const ratio = rows.shares.ratios[place] as Shares['ratios'][number];
    while (!ratio.isZero && ratio.rowsWith(counter.full + 1) <= counter.seen) counter.full++;
    checkShare(row, counter, syntheticRows < limit, ratio.isZero);
  }
  return { realRows: out.count - syntheticRows, syntheticRows };
}

/** Of each full stretch of rows exactly one is replaced, and of one that is not full at most one. */
function checkShare(
  row: number,
  { seen, replaced, full }: { seen: number; replaced: number; full: number },
  mayReplace: boolean,
  isZero: boolean,
): void {
  const most = isZero ? 0 : full + 1;
  if (replaced > most || (replaced < full && mayReplace)) {
    const due = isZero ? '0' : `${full} or ${most}`;
    throw new GuaranteeError(`${replaced} of ${seen} rows are replaced instead of ${due}`, { row });
  }
}
