import type { RecordBatch, Schema } from 'apache-arrow';
import { sliceBatch } from '../../data/batches/interleave.js';
import type { Lift } from '../../evaluate/utility/measure-lift.js';
import type { Model } from '../../gan/model/model.js';
import type { AugmentDependencies } from '../dependencies.js';
import type { GateStarted } from '../events.js';
import type { Split } from '../fitting/split-holdout.js';
import { createShares, type RatioOption, scaleRatios } from '../mixing/shares.js';
import type { BatchSlice } from '../mixing/synthetic-rows.js';
import { openSyntheticSource } from '../mixing/synthetic-source.js';
import type { AugmentOptions } from '../options.js';
import { createPlanner } from '../plan/planner.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import { targetOf } from './options.js';

/** What came of one ratio that was tried. */
export interface GateTrial {
  readonly ratio: RatioOption;
  /** The gain, and its 95 % interval. */
  readonly lift: {
    readonly mean: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
  readonly passed: boolean;
}

/** What the gate has decided, and why. */
export interface GateVerdict {
  readonly verdict: 'accepted' | 'lowered' | 'refused';
  /** What is mixed in; 0 where it is refused. */
  readonly ratio: RatioOption;
  readonly target: string;
  readonly measure: string;
  readonly trials: readonly GateTrial[];
}

/** Shares of the wanted ratio that are tried, until one passes. */
const factors = [1, 0.5, 0.25];

/** What the gate measures, and by what. */
export interface GateInput {
  readonly dependencies: AugmentDependencies;
  readonly schema: Schema;
  readonly options: AugmentOptions;
  readonly model: Model;
  readonly filter: RowFilter | undefined;
  readonly rows: Split;
  readonly emit?: ((event: GateStarted) => void) | undefined;
}

/**
 * Trains a model on real rows, and on real and synthetic ones, and tests both on held-out real rows;
 * where the synthetic rows hurt, with half and with a quarter of them.
 */
export async function runGate(input: GateInput, signal: AbortSignal): Promise<GateVerdict> {
  const { dependencies, options, rows } = input;
  const target = targetOf(options) ?? '';
  const { atLeast, thread = options.fit?.thread ?? 'worker' } = options.gate ?? {};
  const trials: GateTrial[] = [];
  let measure = '';
  for (const factor of factors) {
    const ratio = scaleRatios(options.ratio, factor);
    input.emit?.({ type: 'gate-started', target, ratio });
    const synthetic = await synthesize(input, ratio);
    const { training: real, holdout } = rows;
    const measured = { real, synthetic, holdout, target, alone: false, signal };
    const result = await dependencies.measureLift(measured, thread);
    measure = result.measure;
    const lift = result.lift[result.measure] ?? { mean: null, low: null, high: null };
    const passed = isEnough(result, lift.mean, atLeast);
    trials.push({ ratio, lift, passed });
    if (passed)
      return { verdict: factor === 1 ? 'accepted' : 'lowered', ratio, target, measure, trials };
  }
  return { verdict: 'refused', ratio: 0, target, measure, trials };
}

function isEnough({ verdict }: Lift, mean: number | null, atLeast: number | undefined): boolean {
  return atLeast === undefined ? verdict !== 'hurts' : mean !== null && mean >= atLeast;
}

/** The synthetic rows that the training rows make due, of a stream of their own. */
async function synthesize(
  { dependencies, schema, options, model, filter, rows }: GateInput,
  ratio: RatioOption,
): Promise<RecordBatch[]> {
  const shares = createShares(ratio);
  const plan = createPlanner(schema, shares, options);
  const own = {
    dependencies,
    input: schema,
    options: { ...options, ratio },
    model,
    shares,
    filter,
  };
  const supply = await openSyntheticSource({ ...own, seed: 'gate', adapt: (chunk) => chunk });
  try {
    const ranges: BatchSlice[] = [];
    for (const batch of rows.training) {
      for (const part of plan(batch)) ranges.push(...(await supply.take(part)));
    }
    return ranges.map(({ batch, start, length }) => sliceBatch(batch, start, start + length));
  } finally {
    await supply.dispose();
  }
}
