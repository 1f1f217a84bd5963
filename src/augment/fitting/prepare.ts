import type { RecordBatch, Schema } from 'apache-arrow';
import { inTurns } from '../../data/in-turns.js';
import type { Model } from '../../gan/model/model.js';
import { createRandom } from '../../random.js';
import type { FitStarted } from '../events.js';
import type { RatioOption } from '../mixing/shares.js';
import type { AugmentOptions } from '../options.js';
import type { RowFilter } from '../privacy/reject-rows.js';
import { createRowFilter } from '../privacy/row-filter.js';
import type { OutcomeSoFar } from '../provenance/outcome.js';
import type { Report } from '../report.js';
import type { AugmentTools } from '../tools.js';
import { fitReported } from './fit-reported.js';
import { type GateVerdict, judge } from './gate.js';
import { holdoutShare } from './gate-options.js';
import { type HeldOut, holdOut } from './hold-out.js';

/** A model, and how it is to be used. */
export interface Prepared {
  readonly model: Model;
  /** What is mixed in: as was asked for, or what the gate lets in. */
  readonly ratio: RatioOption;
  readonly gate?: GateVerdict | undefined;
  readonly filter?: RowFilter | undefined;
}

/** What a model is trained with, and who is told. */
export interface Preparation {
  readonly tools: AugmentTools;
  readonly schema: Schema;
  readonly options: AugmentOptions;
  readonly outcome: OutcomeSoFar;
  readonly report: Report | undefined;
}

/** Trains a model on rows of the stream, and judges it by others where that is asked for. */
export async function prepareModel(
  preparation: Preparation,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  signal: AbortSignal,
): Promise<Prepared> {
  const { schema, options, outcome } = preparation;
  const { rejectCloserThan, fit, seed = 0 } = options;
  const random = createRandom(fit?.seed ?? seed).fork('holdout');
  const rows = await inTurns(holdOut(batches, holdoutShare(options), random), signal);
  const model = await fitReported(preparation, rows.training, cause, signal);
  if (rejectCloserThan === undefined) return admit(preparation, model, rows, undefined, signal);
  const rejected = { seen: 0, copies: 0, close: 0 };
  const making = createRowFilter(schema, model, rows, rejectCloserThan, rejected);
  const filter = await inTurns(making, signal);
  const prepared = await admit(preparation, model, rows, filter, signal);
  // What the gate tried does not come out.
  Object.assign(rejected, { seen: 0, copies: 0, close: 0 });
  outcome.rejected = rejected;
  return prepared;
}

/** Lets the gate decide how much of a model's rows is mixed in, if there is one. */
export async function admit(
  { tools, schema, options, outcome, report }: Preparation,
  model: Model,
  rows: HeldOut,
  filter: RowFilter | undefined,
  signal: AbortSignal,
): Promise<Prepared> {
  if (!options.gate) return { model, ratio: options.ratio, filter };
  const { holdout } = options.gate;
  const judged = Array.isArray(holdout) ? { ...rows, holdout } : rows;
  const given = { tools, schema, options, model, filter, rows: judged, report };
  const gate = await judge(given, signal);
  outcome.gate = gate;
  report?.({ type: 'gate', ...gate });
  return { model, ratio: gate.ratio, gate, filter };
}
