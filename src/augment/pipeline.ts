import type { RecordBatch, Schema } from 'apache-arrow';
import { setClosingMetadata } from '../data/files/closing-metadata.js';
import { checkConditionColumns } from '../gan/conditions/check-columns.js';
import { findSamplingTarget } from '../gan/sampling/sampling-target.js';
import { createRandom } from '../random.js';
import { runCooperatively } from '../threads/run-cooperatively.js';
import { type BatchListener, combineListeners } from './batch-listener.js';
import { watchDrift } from './drift/watch-drift.js';
import { findModel } from './find-model.js';
import { passWhileFitting } from './fitting/pass-while-fitting.js';
import {
  applyGate,
  type FitContext,
  prepareModel,
  type ReadyModel,
} from './fitting/prepare-model.js';
import { splitHoldout } from './fitting/split-holdout.js';
import { checkGateTarget, holdoutShare } from './gate/options.js';
import type { Iteration } from './iteration.js';
import { markedSchema } from './mixing/mark.js';
import { createMixer, type Mixer } from './mixing/mixer.js';
import type { Shares } from './mixing/shares.js';
import { type AugmentOptions, defaultFitRows } from './options.js';
import { createPlanner } from './plan/planner.js';
import { outcomeKey } from './provenance/outcome.js';
import { withProvenance } from './provenance/provenance.js';
import { type BufferedHead, firstRows } from './stream/buffered-head.js';

/** How the batches of a stream are dealt with. */
export interface Pipeline {
  readonly mixer: Mixer;
  readonly listener?: BatchListener | undefined;
}

/** Rows that a model which is there already is judged by. */
const gateRows = 10_000;

/** Rows to hold back before the first one goes out; one batch is held in any case. */
export function rowsToHold({ model, fit, gate }: AugmentOptions, shares: Shares): number {
  if (shares.isZero || fit?.during === 'pass') return 0;
  if (model !== undefined) return gate ? gateRows : 0;
  return fit?.rows ?? defaultFitRows;
}

/** What the held rows are enough for: a mixer with its model, or one that gets it later. */
export async function openPipeline(
  iteration: Iteration,
  schema: Schema,
  held: BufferedHead,
): Promise<Pipeline> {
  const { dependencies, options, shares, outcome, emit, signal } = iteration;
  const { mark, model, fit, gate } = options;
  // Refused before any training.
  if (mark !== undefined) markedSchema(schema, mark);
  if (!shares.isZero) await findSamplingTarget(options.sample ?? {}, 'sample.');
  if (model === undefined) checkConditionColumns(options, schema);
  if (shares.isZero) return { mixer: mixerWith(iteration, schema, schema) };
  if (gate) checkGateTarget(schema, options);
  const context = { dependencies, schema, options, outcome, emit };
  if (model !== undefined) {
    const found = await findModel({ model }, schema, signal);
    const random = createRandom(options.seed ?? 0).fork('holdout');
    const judging = firstRows(held.batches, gateRows);
    const rows = await runCooperatively(
      splitHoldout(judging, holdoutShare(options), random),
      signal,
    );
    return mixFrom(iteration, context, await applyGate(context, found, rows, undefined, signal));
  }
  if (fit?.during === 'pass') {
    createPlanner(schema, shares, options);
    const mixer = mixerWith(iteration, schema, withProvenance(schema, undefined, options));
    const passing = passWhileFitting(context, mixer, signal);
    return { mixer, listener: combineListeners([passing, ...driftWatch(context, mixer, signal)]) };
  }
  // No model is trained for a stream too short to owe a synthetic row.
  if (held.ended && !isOwed(schema, held.batches, iteration))
    return { mixer: mixerWith(iteration, schema, schema) };
  const rows = firstRows(held.batches, fit?.rows ?? defaultFitRows);
  return mixFrom(iteration, context, await prepareModel(context, rows, 'start', signal));
}

async function mixFrom(
  iteration: Iteration,
  context: FitContext,
  ready: ReadyModel,
): Promise<Pipeline> {
  const { schema } = context;
  const { model, ratio, gate } = ready;
  const described = withProvenance(schema, model, { ...iteration.options, ratio }, gate);
  const mixer = mixerWith(iteration, schema, described);
  await mixer.use(ready);
  return { mixer, listener: combineListeners(driftWatch(context, mixer, iteration.signal)) };
}

function driftWatch(context: FitContext, mixer: Mixer, signal: AbortSignal): BatchListener[] {
  const { drift } = context.options;
  return drift ? [watchDrift(drift, context, mixer, signal)] : [];
}

/** A mixer whose batches have the described schema, with the mark if there is one. */
function mixerWith(iteration: Iteration, input: Schema, described: Schema): Mixer {
  const { dependencies, options, outcome, emit } = iteration;
  const output = options.mark === undefined ? described : markedSchema(described, options.mark);
  if (described !== input) {
    setClosingMetadata(output, () => ({ [outcomeKey]: JSON.stringify(outcome) }));
  }
  return createMixer({ dependencies, input, output, options, outcome, emit });
}

function isOwed(
  schema: Schema,
  batches: readonly RecordBatch[],
  { shares, options }: Iteration,
): boolean {
  const plan = createPlanner(schema, shares, options);
  return batches.some((batch) => [...plan(batch)].some(({ due }) => due > 0));
}
