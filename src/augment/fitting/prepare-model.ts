import type { RecordBatch, Schema } from 'apache-arrow';
import type { Model } from '../../gan/model/model.js';
import { createRandom } from '../../random.js';
import { runCooperatively } from '../../threads/run-cooperatively.js';
import type { AugmentDependencies } from '../dependencies.js';
import type { EmitEvent } from '../emit-event.js';
import type { FitStarted } from '../events.js';
import { holdoutShare } from '../gate/options.js';
import { type GateVerdict, runGate } from '../gate/run-gate.js';
import type { RatioOption } from '../mixing/shares.js';
import type { AugmentOptions } from '../options.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import { createRowFilter } from '../privacy/row-filter.js';
import type { OutcomeSoFar } from '../provenance/outcome.js';
import { fitWithEvents } from './fit-with-events.js';
import { type Split, splitHoldout } from './split-holdout.js';

/** A model, and how it is to be used. */
export interface ReadyModel {
  readonly model: Model;
  /** What is mixed in: as was asked for, or what the gate lets in. */
  readonly ratio: RatioOption;
  readonly gate?: GateVerdict | undefined;
  readonly filter?: RowFilter | undefined;
}

/** What a model is trained with, and who is told. */
export interface FitContext {
  readonly dependencies: AugmentDependencies;
  readonly schema: Schema;
  readonly options: AugmentOptions;
  readonly outcome: OutcomeSoFar;
  readonly emit: EmitEvent | undefined;
}

/** Trains a model on rows of the stream, and judges it by others where that is asked for. */
export async function prepareModel(
  context: FitContext,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  signal: AbortSignal,
): Promise<ReadyModel> {
  const { schema, options, outcome } = context;
  const { rejectCloserThan, fit, seed = 0 } = options;
  const random = createRandom(fit?.seed ?? seed).fork('holdout');
  const rows = await runCooperatively(splitHoldout(batches, holdoutShare(options), random), signal);
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

/** Lets the gate decide how much of a model's rows is mixed in, if there is one. */
export async function applyGate(
  { dependencies, schema, options, outcome, emit }: FitContext,
  model: Model,
  rows: Split,
  filter: RowFilter | undefined,
  signal: AbortSignal,
): Promise<ReadyModel> {
  if (!options.gate) return { model, ratio: options.ratio, filter };
  const { holdout } = options.gate;
  const input = Array.isArray(holdout) ? { ...rows, holdout } : rows;
  const given = { dependencies, schema, options, model, filter, rows: input, emit };
  const gate = await runGate(given, signal);
  outcome.gate = gate;
  emit?.({ type: 'gate', ...gate });
  return { model, ratio: gate.ratio, gate, filter };
}
