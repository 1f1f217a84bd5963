import type { RecordBatch } from 'apache-arrow';
import type { Model } from '../../gan/model/model.js';
import type { AugmentContext } from '../augment-context.js';
import type { HoldoutSplit } from '../fitting/split-holdout.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import { crossValidate, type GateResult, judgeHeldOut } from './run-gate.js';

/** Measures by cross-validation, and tells of the verdict. @param model One that is there already. */
export function gateByCrossValidation(
  context: AugmentContext,
  model: Model | undefined,
  batches: readonly RecordBatch[],
  signal: AbortSignal,
): Promise<GateResult | undefined> {
  const { gate } = context.plan;
  if (!gate) return Promise.resolve(undefined);
  const input = { ...context, gate, model, filter: undefined };
  return tell(context, () => crossValidate(input, batches, signal));
}

/** Measures a model by rows that were held out, and tells of the verdict. */
export async function gateByHoldout(
  context: AugmentContext,
  model: Model | undefined,
  rows: HoldoutSplit,
  filter: RowFilter | undefined,
  signal: AbortSignal,
): Promise<GateResult | undefined> {
  const { gate } = context.plan;
  if (!gate) return undefined;
  const measured = gate.rows ? { ...rows, holdout: gate.rows } : rows;
  return tell(context, () => judgeHeldOut({ ...context, gate, model, filter }, measured, signal));
}

async function tell(
  { outcome, emit }: AugmentContext,
  measure: () => Promise<GateResult>,
): Promise<GateResult> {
  const start = performance.now();
  const result = await measure();
  outcome.gate = result.verdict;
  const seconds = (performance.now() - start) / 1000;
  emit?.({ type: 'gate', ...result.verdict, seconds });
  return result;
}
