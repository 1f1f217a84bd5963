import type { RecordBatch } from 'apache-arrow';
import { Option } from 'commander';
import type { HoldoutSplit } from '../augment/fitting/split-holdout.js';
import { sampleBatches } from '../augment/sample-batches.js';
import { translateBatches } from '../augment/translate-batches.js';
import { assertApart } from '../data/dataset/apart.js';
import { assertWritable } from '../data/files/atomic.js';
import { evaluate } from '../evaluate/evaluate.js';
import type { Model } from '../gan/model/model.js';
import { isTranslating } from '../gan/sampling/translation.js';
import { recordTraining, type TrainingCurves } from '../gan/training/record.js';
import { reportPage } from '../report/page.js';
import type { Context } from './console.js';
import { writeText } from './json-output.js';
import { showProgress } from './progress/show.js';

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
 * @throws InvalidOptionError for a file that is read from; FileError if no file can be there.
 */
export async function checkReport(
  report: string | undefined,
  from: readonly string[],
): Promise<void> {
  if (report === undefined) return;
  await assertWritable(report);
  await assertApart(from, report);
}

/** A model, the rows that it can be judged by, and how it was trained. */
export interface FittedModel {
  readonly model: Model;
  readonly split: HoldoutSplit;
  readonly curves: TrainingCurves;
}

/** Watches a training for a report on its model. */
export function watchForReport() {
  const { onStep, onEvent, curves } = recordTraining();
  let fitted: FittedModel | undefined;
  return {
    onStep,
    onEvent,
    onFitted(model: Model, split: HoldoutSplit) {
      fitted = { model, split, curves: curves() };
    },
    /** The last model that was trained; undefined if there is none. */
    fitted: () => fitted,
  };
}

/**
 * Writes a page on rows of a model, beside those that it learned and those that were held out.
 *
 * @param from What the rows were read from.
 * @param where Where the model is, in words.
 */
export async function writeTrainingReport(
  report: string,
  { model, split: { training, holdout }, curves }: FittedModel,
  { from, where }: { readonly from: readonly string[]; readonly where: string },
  context: Context,
): Promise<void> {
  const { console, signal } = context;
  const measuring = showProgress(context);
  const rows = training.reduce((sum: number, batch: RecordBatch) => sum + batch.numRows, 0);
  const { target } = model.manifest.training;
  const isDerived = isTranslating(model);
  const synthetic = isDerived
    ? translateBatches(model, [...training], { signal })
    : sampleBatches(model, { rows, signal });
  const evaluation = await evaluate([...training], synthetic, {
    holdout: [...holdout],
    translation: isDerived ? model : undefined,
    target,
    signal,
    onPart: measuring.onPart,
  }).finally(measuring.stop);
  const facts = describeTraining(model, from, where);
  await writeText(console, report, reportPage(evaluation, { facts, training: curves }));
}

/** What a report on a training is of, in words. */
function describeTraining(
  { id, manifest }: Model,
  from: readonly string[],
  where: string,
): Record<string, string> {
  const { recipe, training, version } = manifest;
  return {
    'real rows': `four fifths of what was learned from ${from.join(', ')}`,
    'held-out rows': 'the last fifth, drawn by the seed',
    'synthetic rows': `as many as were learned, ${where}`,
    'made by': `${recipe.name} ${id.slice(0, 12)}, ${training.steps} steps, seed ${training.seed}, gan-augment ${version}`,
  };
}
