import type { Model } from '../../gan/model/model.js';
import type { AugmentContext, ReadyModel } from '../augment-context.js';
import type { HoldoutSplit } from '../fitting/split-holdout.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import { runGate } from './run-gate.js';

/** Lets the gate decide how much of a model's rows is mixed in, if there is one. */
export async function applyGate(
  context: AugmentContext,
  model: Model,
  rows: HoldoutSplit,
  filter: RowFilter | undefined,
  signal: AbortSignal,
): Promise<ReadyModel> {
  const { plan, outcome, emit } = context;
  const { ratio, gate } = plan;
  if (!gate) return { model, ratio, filter };
  const measured = gate.rows ? { ...rows, holdout: gate.rows } : rows;
  const verdict = await runGate({ ...context, gate, model, filter, rows: measured }, signal);
  outcome.gate = verdict;
  emit?.({ type: 'gate', ...verdict });
  return { model, ratio: verdict.ratio, gate: verdict, filter };
}
