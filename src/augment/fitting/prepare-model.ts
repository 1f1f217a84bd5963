import type { RecordBatch } from 'apache-arrow';
import { createRandom } from '../../random.js';
import { runCooperatively } from '../../threads/run-cooperatively.js';
import { createAgreement } from '../agree/create-agreement.js';
import type { AugmentContext, ReadyModel } from '../augment-context.js';
import type { FitStarted } from '../events.js';
import { gateByCrossValidation, gateByHoldout } from '../gate/apply-gate.js';
import { type GateResult, isCrossed } from '../gate/run-gate.js';
import type { AgreeWith } from '../mixing/synthetic-source.js';
import { checkClassesInRows } from '../plan/check-classes.js';
import { createRowFilter } from '../privacy/row-filter.js';
import { countRows, fitWithEvents } from './fit-with-events.js';
import { settingsFor } from './settings-for.js';
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
  if (isCrossed(plan, schema, countRows(batches))) {
    checkClassesInRows(schema, plan.shares, batches);
    const result = await gateByCrossValidation(context, undefined, batches, signal);
    return fitChosen(context, batches, cause, result, signal);
  }
  const rows = await splitRows(context, batches, signal);
  checkClassesInRows(schema, plan.shares, rows.training);
  if (plan.fit.isAuto) {
    const result = await gateByHoldout(context, undefined, rows, undefined, signal);
    return fitChosen(context, rows.training, cause, result, signal);
  }
  const model = await fitWithEvents(context, rows.training, cause, signal);
  if (rejectCloserThan === undefined) {
    const result = await gateByHoldout(context, model, rows, undefined, signal);
    return { ...gated(context, result), model, agree: agreeWith(context, rows.training) };
  }
  const rejected = { seen: 0, copies: 0, close: 0 };
  const making = createRowFilter(schema, model, rows, rejectCloserThan, rejected);
  const filter = await runCooperatively(making, signal);
  const result = await gateByHoldout(context, model, rows, filter, signal);
  // What the gate tried does not come out.
  Object.assign(rejected, { seen: 0, copies: 0, close: 0 });
  outcome.rejected = rejected;
  return { ...gated(context, result), model, filter, agree: agreeWith(context, rows.training) };
}

/** A model of what the gate has chosen, of all rows; none where it lets nothing in. */
async function fitChosen(
  context: AugmentContext,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  result: GateResult | undefined,
  signal: AbortSignal,
): Promise<ReadyModel> {
  const ready = gated(context, result);
  if (result && !result.verdict.mixes) return { ...ready, model: undefined };
  const { plan } = context;
  const { recipe, conditions = plan.conditions } = result?.chosen ?? {};
  const settings = { ...settingsFor(plan.fit.settings, recipe), conditions };
  const chosen = { ...context, plan: { ...plan, fit: { ...plan.fit, settings } } };
  const model = await fitWithEvents(chosen, batches, cause, signal);
  const isAgreed = result?.chosen.isAgreed ?? plan.agree !== undefined;
  return { ...ready, model, agree: isAgreed ? agreeWith(context, batches) : undefined };
}

/** How a model is used by what the gate has found, or without a gate. */
export function gated(
  { plan }: AugmentContext,
  result: GateResult | undefined,
): Pick<ReadyModel, 'ratio' | 'gate' | 'conditions'> {
  if (!result) return { ratio: plan.ratio };
  const { verdict, chosen } = result;
  return { ratio: verdict.ratio, gate: verdict, conditions: chosen.conditions };
}

/** The model of real rows that synthetic ones are to agree with, where that is asked for. */
export function agreeWith(
  { plan, outcome }: AugmentContext,
  batches: readonly RecordBatch[],
): AgreeWith | undefined {
  const target = plan.agree ?? plan.gate?.target;
  if (target === undefined || (plan.agree === undefined && !plan.fit.isAuto)) return undefined;
  const count = { seen: 0, disagreed: 0, unfiltered: [] };
  outcome.agreed = count;
  return { agrees: createAgreement(batches, target, plan.fit.seed), target, count };
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
