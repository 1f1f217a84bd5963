import type { RecordBatch } from 'apache-arrow';
import { type BufferedHead, firstRows } from '../../data/batches/buffered-head.js';
import { InvalidOptionError } from '../../errors.js';
import { type PrivacyOption, privacyTarget } from '../../gan/fit/privacy.js';
import type { AugmentContext } from '../augment-context.js';
import { sampleAgain } from './even-sample.js';

/**
 * Rows that a model is trained on: of a source that can be read again as many of all its rows, of a
 * stream that comes once the first ones. Tells which they are, where they are not all.
 */
export async function rowsToLearn(
  context: AugmentContext,
  held: BufferedHead,
  signal: AbortSignal,
): Promise<readonly RecordBatch[]> {
  const { rows, settings } = context.plan.fit;
  if (!held.ended) assertAllLearned(settings.privacy, rows);
  if (held.ended || !isSampledEvenly(context)) return firstRows(held.batches, rows);
  return evenRowsToLearn(context, signal);
}

/** Draws the rows to train on evenly from a source that can be read again. */
export async function evenRowsToLearn(
  { again, schema, plan, emit }: AugmentContext,
  signal: AbortSignal,
): Promise<readonly RecordBatch[]> {
  if (!again) throw new Error('the source cannot be read again');
  const { rows: size, seed, settings } = plan.fit;
  const { target } = settings;
  const { batches, rows, of } = await sampleAgain(again, { schema, size, target, seed, signal });
  if (of > rows) emit?.({ type: 'rows-learned', sample: 'even', rows, of });
  return batches;
}

/**
 * Whether rows are drawn from the whole source.
 *
 * @throws InvalidOptionError if they are to be, and it can be read but once.
 */
export function isSampledEvenly({ again, plan }: Pick<AugmentContext, 'again' | 'plan'>): boolean {
  const { sample } = plan.fit;
  assertRereadable(sample, again);
  return again !== undefined && (sample ?? 'even') === 'even';
}

/**
 * Refuses to promise privacy of a model that some of the rows are learned by: with one row more, others
 * would be left out.
 *
 * @throws InvalidOptionError
 */
export function assertAllLearned(privacy: PrivacyOption | undefined, rows: number): void {
  if (privacyTarget(privacy) === undefined) return;
  throw new InvalidOptionError(
    `privacy can be promised where all rows are learned, and there are more than fit.rows: ${rows}. ` +
      'Raise fit.rows, or leave fit.privacy.epsilon out',
  );
}

/** @throws InvalidOptionError for a sample of all rows of what can be read but once. */
export function assertRereadable(sample: string | undefined, again: object | undefined): void {
  if (sample !== 'even' || again) return;
  throw new InvalidOptionError(
    "fit.sample 'even' needs a source that can be read again: this one is a stream. Give a file, a " +
      "dataset, bytes, a table or an array of batches, or say 'reservoir' with during: 'pass'",
  );
}
