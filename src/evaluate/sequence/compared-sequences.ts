import type { Rows, Sequences } from '../../columns/column.js';
import { sampleRows, takeRows } from '../../columns/select.js';
import type { Random } from '../../random.js';

/** Rows that are known to be sequences. */
export interface SequenceRows extends Rows {
  readonly sequences: Sequences;
}

/** Sequences of each table. */
export interface ComparedSequences {
  readonly real: SequenceRows;
  readonly synthetic: SequenceRows;
  readonly holdout?: SequenceRows | undefined;
}

/** Sequences of each table, and steps of all of them, that are looked at. */
const most = { sequences: 5000, steps: 500_000 };

/** Rows that are sequences, or undefined. */
export function asSequences(rows: Rows | undefined): SequenceRows | undefined {
  return rows?.sequences && rows.length > 0 ? (rows as SequenceRows) : undefined;
}

/** Some of the sequences, which may repeat. */
export function takeSequenceRows(rows: SequenceRows, indices: Int32Array): SequenceRows {
  return takeRows(rows, indices) as SequenceRows;
}

/** As many sequences of each table: at most 5,000, and about half a million steps. */
export function drawAlike(tables: ComparedSequences, random: Random): ComparedSequences {
  const { real, synthetic, holdout } = tables;
  const count = Math.min(
    most.sequences,
    real.length,
    synthetic.length,
    holdout?.length ?? real.length,
  );
  const perSequence = (real.sequences.offsets.at(-1) as number) / real.length;
  const drawn = Math.max(Math.min(count, Math.floor(most.steps / Math.max(perSequence, 1))), 1);
  const draw = (rows: SequenceRows, what: string) =>
    sampleRows(rows, drawn, random.fork(what)) as SequenceRows;
  return {
    real: draw(real, 'real'),
    synthetic: draw(synthetic, 'synthetic'),
    holdout: holdout && draw(holdout, 'holdout'),
  };
}
