import type { Random } from '../../random.js';
import type { Ratio } from '../mixing/ratio.js';

/** Told of each row in turn, says how many synthetic rows are due with it. */
export type DueRows = () => number;

/**
 * Synthetic rows that follow the real one, so that they are exactly the ratio of all.
 *
 * @param before Real rows that went out before.
 */
export function appendedRows(ratio: Ratio, before = 0): DueRows {
  if (ratio.isZero) return () => 0;
  let [seen, owed] = [before, ratio.dueAfter(before)];
  let next = ratio.realRowsFor(owed + 1);
  return () => {
    if (++seen < next) return 0;
    const due = ratio.dueAfter(seen) - owed;
    owed += due;
    next = ratio.realRowsFor(owed + 1);
    return due;
  };
}

/**
 * Whether a synthetic row takes the real one's place, 1 or 0. The rows are cut into stretches of
 * ceil(k / ratio) rows with k full shares, and in each stretch `random` picks one row: so the share
 * is exact at the end of each, and no rhythm of the data can meet that of the replacement.
 */
export function replacedRows(ratio: Ratio, random: Random): DueRows {
  if (ratio.isZero) return () => 0;
  let [seen, stretch, end, picked] = [0, 0, 0, 0];
  return () => {
    if (seen === end) {
      const length = ratio.rowsWith(++stretch) - end;
      picked = end + random.integer(length);
      end += length;
    }
    return seen++ === picked ? 1 : 0;
  };
}
