import { keptRows } from '../../data/batches/kept-rows.js';
import { InvalidOptionError } from '../../errors.js';
import { type ResolvedRange, rowsInRanges, showRange } from '../conditions/ranges.js';
import type { Chunks } from './chunks.js';

/** Rows that are made before it is given up, and those of them that must lie in the ranges. */
const trial = { rows: 10_000, least: 10 };

/**
 * The chunks, less the rows that lie outside of the ranges: those that are left are distributed as the
 * model's rows in these ranges are, in all columns together. Row k of what is left is always the same.
 *
 * Nothing bends a row into a range, so that a narrow one costs as many rows as are made for each that
 * lies in it.
 *
 * @throws InvalidOptionError, from `next`, when of the first 10,000 rows fewer than 10 do.
 */
export function rangedChunks(chunks: Chunks, ranges: readonly ResolvedRange[]): Chunks {
  let [made, inside] = [0, 0];
  let isTried = false;
  return {
    ...chunks,
    async next() {
      for (;;) {
        const chunk = await chunks.next();
        const kept = keptRows(chunk, rowsInRanges(chunk, ranges));
        made += chunk.numRows;
        inside += kept?.numRows ?? 0;
        if (!isTried && made >= trial.rows) {
          isTried = true;
          if (inside < trial.least) throw tooFew(ranges, inside, made);
        }
        if (kept) return kept;
      }
    },
    report: () => ({
      ...(chunks.report?.() ?? { rows: made, hits: made }),
      outside: made - inside,
    }),
  };
}

function tooFew(ranges: readonly ResolvedRange[], inside: number, made: number) {
  const asked = ranges.map(showRange).join(', ');
  return new InvalidOptionError(
    `where asks for what the model hardly ever makes: ${asked}. ${inside} of ${made} rows were so. ` +
      'Ask for wider ranges, or train on more rows of them',
  );
}
