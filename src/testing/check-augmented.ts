import type { RecordBatch } from 'apache-arrow';
import { createShares } from '../augment/mixing/shares.js';
import { type RatioOption, ratioOption } from '../augment/options/ratio.js';
import { InvalidOptionError } from '../errors.js';
import type { ConditionOptions } from '../gan/conditions/options.js';
import { checkOption } from '../options/check.js';
import { type BatchesInput, batchesIn } from './batches-input.js';
import { checkAppended } from './check-appended.js';
import { checkReplaced } from './check-replaced.js';
import { checkColumns, checkProvenance } from './check-schema.js';
import { classesOf, planDue } from './due-plan.js';
import type { Checked } from './mixed-rows.js';
import { readMark } from './read-mark.js';
import { readRows } from './row-reader.js';
import { createSyntheticCheck } from './synthetic-rows.js';

/** The options that a stream was augmented with, as far as they promise anything. */
export interface CheckOptions {
  /** Share of the output rows that is synthetic, or one for each class. */
  readonly ratio: RatioOption;
  /** The column that tells the rows apart; 'replace' and placement 'append' need it to be checked. */
  readonly mark?: string | undefined;
  /** Default 'append'. */
  readonly mode?: 'append' | 'replace' | undefined;
  /** Default 'interleave'. */
  readonly placement?: 'interleave' | 'append' | undefined;
  /** Synthetic rows in all, at most. Default: no limit. */
  readonly limit?: number | undefined;
  /** Values that every synthetic row has. Default: none. */
  readonly where?: ConditionOptions['where'];
  /**
   * Real rows that went by before the ratio counts: with `fit.during: 'pass'`, the number of the event
   * 'mixing-started'. Default 0.
   */
  readonly startsAt?: number | undefined;
}

/**
 * Checks what `ganAugment` guarantees of a stream: that every real row came out, bit for bit and in
 * order; that after each of them exactly as many synthetic rows were due as came; that the columns,
 * their types, nullability and metadata are the same, with the mark behind them; that no synthetic row
 * has a null where none is allowed, or another value than `where` asks for; and that the metadata says
 * what was done.
 *
 * With mode 'replace' it checks that batches keep their rows in number and place, and the share of each
 * stretch. Mixing that begins late (`fit.during: 'pass'`) is checked with `startsAt`.
 *
 * @param real The rows that went in.
 * @param out The rows that came out, also as they were read back from a file.
 * @throws GuaranteeError that names the row of the output and the column; InvalidOptionError for
 * options that cannot be used.
 *
 * @example
 * const { syntheticRows } = checkAugmented(real, out, { ratio: 0.3, mark: 'is_synthetic' });
 */
export function checkAugmented(
  real: BatchesInput,
  out: BatchesInput,
  options: CheckOptions,
): Checked {
  const { ratio, mark, mode = 'append', placement = 'interleave', limit, startsAt } = options ?? {};
  checkOption(ratioOption, ratio, 'ratio');
  const shares = createShares(ratio);
  if (mark === undefined && (mode === 'replace' || placement === 'append')) {
    const what = mode === 'replace' ? "mode 'replace'" : "placement 'append'";
    throw new InvalidOptionError(`${what} can only be checked with a mark. Augment with a mark`);
  }
  if (mode === 'replace' && placement === 'append') {
    throw new InvalidOptionError(
      "mode 'replace' cannot be checked with placement 'append': which rows were replaced is not to " +
        "be seen. Augment with placement 'interleave'",
    );
  }
  const [before, after] = [batchesIn(real, 'real'), batchesIn(out, 'out')];
  const schema = before[0]?.schema ?? after[0]?.schema;
  if (!schema) return { realRows: 0, syntheticRows: 0 };
  if (before.length > 0) checkColumns(schema, after, mark);
  const [realRows, rows] = [readRows(before), readRows(after)];
  const each = {
    names: schema.fields.map(({ name }) => name),
    real: realRows,
    out: rows,
    marked: mark === undefined ? undefined : readMark(after, mark),
    checkSynthetic: createSyntheticCheck(schema, after, rows, options.where),
  };
  const counts = {
    ...(limit === undefined ? {} : { limit }),
    ...(startsAt === undefined ? {} : { startsAt }),
  };
  const checked =
    mode === 'replace'
      ? checkReplaced({ ...each, classes: classesOf(schema, before, shares), shares, ...counts })
      : checkAppended({
          ...each,
          placement,
          plan: planDue(schema, before, shares, counts),
          classes: classesOf(schema, after, shares),
        });
  if (checked.syntheticRows > 0) checkProvenance((after.at(-1) as RecordBatch).schema, ratio);
  return checked;
}
