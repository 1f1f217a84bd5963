import type { RecordBatch } from 'apache-arrow';
import { createRandom } from '../../random.js';
import { runCooperatively } from '../../threads/run-cooperatively.js';
import type { AugmentContext, ReadyModel } from '../augment-context.js';
import type { FitStarted } from '../events.js';
import { applyGate } from '../gate/apply-gate.js';
import { checkClassesInRows } from '../plan/check-classes.js';
import { createRowFilter } from '../privacy/row-filter.js';
import { fitWithEvents } from './fit-with-events.js';
import { type HoldoutSplit, splitHoldout } from './split-holdout.js';

/** Trains a model on rows of the stream, and measures it by others where that is asked for. */
export async function prepareModel(
  context: AugmentContext,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  signal: AbortSignal,
): Promise<ReadyModel> {
  const { schema, plan, outcome } = context;
  const { rejectCloserThan } = plan;
  const rows = await splitRows(context, batches, signal);
  checkClassesInRows(schema, plan.shares, rows.training);
  const model = await fitWithEvents(context, rows.training, cause, signal);
  if (rejectCloserThan === undefined) return applyGate(context, model, rows, undefined, signal);
  const rejected = { seen: 0, copies: 0, close: 0 };
  const making = createRowFilter(schema, model, rows, rejectCloserThan, rejected);
  const filter = await runCooperatively(making, signal);
  const ready = await applyGate(context, model, rows, filter, signal);
  // What the gate tried does not come out.
  Object.assign(rejected, { seen: 0, copies: 0, close: 0 });
  outcome.rejected = rejected;
  return ready;
}

/** The rows to train on, and those to measure by, drawn by the seed. */
export function splitRows(
  { plan }: AugmentContext,
  batches: readonly RecordBatch[],
  signal: AbortSignal,
): Promise<HoldoutSplit> {
  const random = createRandom(plan.fit.seed).fork('holdout');
  return runCooperatively(splitHoldout(batches, plan.holdout, random), signal);
}
