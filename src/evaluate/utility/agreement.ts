import type { RecordBatch } from 'apache-arrow';
import { readTogether } from '../../columns/read.js';
import { concatenateBatches } from '../../data/batches/interleave.js';
import { InvalidOptionError } from '../../errors.js';
import { trainBoosting } from '../models/boosting/boosting.js';
import { trainLinear } from '../models/linear/linear.js';
import { mostProbable } from '../scores/classes.js';
import { windowStatistics } from '../sequence/window-statistics.js';
import {
  balanceClasses,
  checkTarget,
  describeTarget,
  examplesOf,
  knownExamples,
} from './target.js';

/** Models that are asked. */
const models = {
  boosting: trainBoosting,
  linear: trainLinear,
} as const;

/** Says of each row of a batch whether a model of the real rows would give it its class: 1 or 0. */
export type Agreement = (batch: RecordBatch) => Uint8Array;

/**
 * Fits a model to real rows that tells which synthetic rows have a class that it would give them:
 * boosted trees, to whom every class weighs the same, so that rows of a rare class are not all
 * taken for others. Rows of unknown class are agreed with.
 *
 * @param real Rows of one schema, of a few thousand: they are read again with each batch.
 * @throws InvalidOptionError for a target that is a number.
 * @throws SchemaError for a target that is no column; DataError for one of fewer than two classes.
 */
export function fitAgreement(
  real: readonly RecordBatch[],
  target: string,
  model: keyof typeof models = 'boosting',
): Agreement {
  const whole = concatenateBatches((real[0] as RecordBatch).schema, real);
  const { rows, ignored, schema } = readTogether({ real: whole });
  checkTarget(target, schema, ignored, rows.real);
  const learned = windowStatistics(rows.real);
  const described = describeTarget(learned, target);
  const { task } = described;
  if (task.kind !== 'classification') {
    throw new InvalidOptionError(
      `agree needs a target of classes, and '${target}' is a number. Leave agree out`,
    );
  }
  const examples = balanceClasses(examplesOf(learned, described));
  const predict = models[model](examples, task);
  return (batch) => {
    const { synthetic } = readTogether({ real: whole, synthetic: batch }).rows;
    const {
      features,
      target: classes,
      known,
    } = knownExamples(windowStatistics(synthetic), described);
    const taken = mostProbable(predict(features), task.classes);
    const agrees = new Uint8Array(batch.numRows).fill(1);
    known.forEach((row, k) => {
      agrees[row] = +(taken[k] === classes[k]);
    });
    return agrees;
  };
}
