import type { RecordBatch } from 'apache-arrow';
import { Option } from 'commander';
import type { HoldoutSplit } from '../augment/fitting/split-holdout.js';
import { sampleBatches } from '../augment/sample-batches.js';
import { assertApart } from '../data/dataset/apart.js';
import { assertWritable } from '../data/files/atomic.js';
import { InvalidOptionError } from '../errors.js';
import { evaluate } from '../evaluate/evaluate.js';
import type { Model } from '../gan/model/model.js';
import { reportPage } from '../report/page.js';
import type { Context } from './console.js';
import { writeText } from './json-output.js';

/** The flag of a report on what a training has made. */
export const reportOption = () =>
  new Option(
    '--report <file>',
    'hold a fifth of the rows out, and write an HTML page on the model by them',
  );

/**
 * Refuses a report that cannot be written or measured, before any work is done.
 *
 * @param from What the rows are read from.
 * @param unlike Options whose rows cannot be compared with held-out ones, by the flags that say them.
 * @throws InvalidOptionError; FileError if no file can be there.
 */
export async function checkReport(
  report: string | undefined,
  from: readonly string[],
  unlike: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (report === undefined) return;
  const other = Object.keys(unlike).find((flag) => unlike[flag] !== undefined);
  if (other !== undefined) {
    throw new InvalidOptionError(
      `--report and ${other} exclude each other: a report compares rows of tables, images or sounds. ` +
        'Leave one of them out',
    );
  }
  await assertWritable(report);
  await assertApart(from, report);
}

/** Writes a page on rows of a model, beside those that it learned and those that were held out. */
export async function writeTrainingReport(
  report: string,
  model: Model,
  { training, holdout }: HoldoutSplit,
  about: Readonly<Record<string, string>>,
  { console, signal, onPart }: Context & { readonly onPart: (part: string) => void },
): Promise<void> {
  const rows = training.reduce((sum: number, batch: RecordBatch) => sum + batch.numRows, 0);
  const { target } = model.manifest.training;
  const evaluation = await evaluate([...training], sampleBatches(model, { rows, signal }), {
    holdout: [...holdout],
    target,
    signal,
    onPart,
  });
  await writeText(console, report, reportPage(evaluation, { facts: about }));
}
