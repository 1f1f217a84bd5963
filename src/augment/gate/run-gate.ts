import type { RecordBatch, Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import type { Lift } from '../../evaluate/utility/measure-lift.js';
import type { Model } from '../../gan/model/model.js';
import type { AugmentContext } from '../augment-context.js';
import type { GatePlan } from '../augment-plan.js';
import type { HoldoutSplit } from '../fitting/split-holdout.js';
import { type BatchSlice, cutSlice } from '../mixing/batch-slice.js';
import { createShares, scaleRatios } from '../mixing/shares.js';
import { openSyntheticSource } from '../mixing/synthetic-source.js';
import type { RatioOption } from '../options/ratio.js';
import { createPlanner } from '../plan/planner.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import type { GateTrial, GateVerdict } from './verdict.js';

/** Shares of the wanted ratio that are tried, until one passes. */
const factors = [1, 0.5, 0.25];

/** What the gate measures, and by what rows. */
export interface GateInput
  extends Pick<AugmentContext, 'dependencies' | 'schema' | 'plan' | 'emit'> {
  readonly gate: GatePlan;
  readonly model: Model;
  readonly filter: RowFilter | undefined;
  readonly rows: HoldoutSplit;
}

/**
 * Trains a model on real rows, and on real and synthetic ones, and tests both on held-out real rows;
 * where the synthetic rows hurt, with half and with a quarter of them.
 */
export async function runGate(input: GateInput, signal: AbortSignal): Promise<GateVerdict> {
  const { dependencies, plan, rows, emit } = input;
  const { target, atLeast, thread } = input.gate;
  const trials: GateTrial[] = [];
  let measure = '';
  for (const factor of factors) {
    const ratio = scaleRatios(plan.ratio, factor);
    emit?.({ type: 'gate-started', target, ratio });
    const synthetic = await synthesize(input, ratio);
    const { training: real, holdout } = rows;
    const measured = { real, synthetic, holdout, target, alone: false, signal };
    const result = await dependencies.measureLift(measured, thread);
    measure = result.measure;
    const lift = result.lift[result.measure] ?? { mean: null, low: null, high: null };
    const passed = isEnough(result, lift.mean, atLeast);
    trials.push({ ratio, lift, passed });
    const unmeasured = lift.mean === null ? { reason: reasonOf(measure, target) } : {};
    if (passed) {
      const verdict = factor === 1 ? 'accepted' : 'lowered';
      return { verdict, ratio, target, measure, ...unmeasured, trials };
    }
    if (lift.mean === null) {
      return { verdict: 'refused', ratio: 0, target, measure, ...unmeasured, trials };
    }
  }
  return { verdict: 'refused', ratio: 0, target, measure, trials };
}

/** Scores have no value where there is nothing to tell apart. */
function reasonOf(measure: string, target: string): string {
  return (
    `nothing could be measured, as the held-out rows lack a class of '${target}', or hold one value ` +
    `of it: ${measure} has no value there. Hold out more rows, or rows that have them`
  );
}

function isEnough({ verdict }: Lift, mean: number | null, atLeast: number | undefined): boolean {
  return atLeast === undefined ? verdict !== 'hurts' : mean !== null && mean >= atLeast;
}

/** The synthetic rows that the training rows make due, of a stream of their own. */
async function synthesize(input: GateInput, ratio: RatioOption): Promise<RecordBatch[]> {
  const { schema, plan, rows } = input;
  const shares = createShares(ratio);
  const planner = createPlanner(schema, shares, plan);
  const source = await openSyntheticSource({
    ...input,
    shares,
    seed: 'gate',
    bind: (chunk) => chunk,
  });
  try {
    const slices: BatchSlice[] = [];
    for (const batch of rows.training) {
      for (const part of planner(batch)) slices.push(...(await source.take(part)));
    }
    return slices.map(cutSlice);
  } finally {
    await source.dispose();
  }
}

/** @throws SchemaError when the column to predict is none of the schema. */
export function checkGateTarget({ fields }: Schema, { target }: GatePlan): void {
  if (fields.some(({ name }) => name === target)) return;
  const names = fields.map(({ name }) => name).join(', ');
  throw new SchemaError(`gate.target '${target}' does not exist: the columns are ${names}`);
}
