import type { RecordBatch, Schema } from 'apache-arrow';
import { type BufferedHead, firstRows } from '../data/batches/buffered-head.js';
import { setClosingMetadata } from '../data/files/closing-metadata.js';
import { checkConditionColumns } from '../gan/conditions/check-columns.js';
import { findSamplingTarget } from '../gan/sampling/sampling-target.js';
import { directModel, translationOf } from '../gan/sampling/translation.js';
import type { AugmentContext, ReadyModel } from './augment-context.js';
import type { AugmentPlan } from './augment-plan.js';
import { type BatchListener, combineListeners } from './batch-listener.js';
import { watchDrift } from './drift/watch-drift.js';
import { findModel } from './find-model.js';
import { sampleAgain } from './fitting/even-sample.js';
import { countRows } from './fitting/fit-with-events.js';
import { passWhileFitting } from './fitting/pass-while-fitting.js';
import { agreeWith, gated, prepareModel, splitRows } from './fitting/prepare-model.js';
import { isSampledEvenly, rowsToLearn } from './fitting/rows-to-learn.js';
import { watchRest } from './fitting/watch-rest.js';
import { gateByCrossValidation, gateByHoldout } from './gate/apply-gate.js';
import { checkGateTarget, checkIsTable, isCrossed } from './gate/run-gate.js';
import { checkIsSeen, madeColumn } from './gate/visible-columns.js';
import { markedSchema } from './mixing/mark.js';
import { createMixer, type Mixer } from './mixing/mixer.js';
import type { ModelSource } from './options/model-source.js';
import { checkClassesOfModel } from './plan/check-classes.js';
import { createClassifier } from './plan/classify.js';
import { expectedRows } from './plan/eligible-rows.js';
import { createPlanner } from './plan/planner.js';
import { assertPrivate } from './privacy/attack/assert-private.js';
import { outcomeKey } from './provenance/outcome.js';
import { withProvenance } from './provenance/provenance.js';

/** How the batches of a stream are dealt with. */
export interface Pipeline {
  readonly mixer: Mixer;
  readonly listener?: BatchListener | undefined;
}

/** How many rows a model which is there already is measured by. */
const gateRows = 10_000;

/** Rows to hold back before the first one goes out; one batch is held in any case. */
export function rowsToHold({ model, fit, gate, agree, shares }: AugmentPlan): number {
  if (shares.isZero || (model === undefined && fit.during === 'pass')) return 0;
  if (model !== undefined) return gate || agree !== undefined ? gateRows : 0;
  return fit.rows;
}

/** What the held rows are enough for: a mixer with its model, or one that gets it later. */
export async function openPipeline(
  context: AugmentContext,
  held: BufferedHead,
  signal: AbortSignal,
): Promise<Pipeline> {
  const { plan, schema } = context;
  const { model, fit, shares } = plan;
  await checkSchema(context);
  if (shares.isZero) return { mixer: mixerWith(context, schema) };
  if (model !== undefined) return openWithModel(context, model, held, signal);
  if (fit.during === 'pass') return openPassing(context, signal);
  // No model is trained for a stream too short to owe a synthetic row.
  if (held.ended && !isOwed(context, held.batches)) return { mixer: mixerWith(context, schema) };
  const rows = await rowsToLearn(context, held, signal);
  return openMixing(context, await prepareModel(context, rows, 'start', signal), signal);
}

/** Refuses, before any training, what the schema or this machine cannot do. */
async function checkSchema({ plan, schema }: AugmentContext): Promise<void> {
  const { mark, shares, sampling, model, conditions, gate, fit } = plan;
  if (mark !== undefined) markedSchema(schema, mark);
  if (!shares.isZero) await findSamplingTarget(sampling, 'sample.');
  if (model === undefined) checkConditionColumns(conditions ?? {}, schema);
  if (!shares.isZero) createClassifier(schema, shares);
  if (plan.translate) expectedRows(schema, plan.translate);
  if (gate && !shares.isZero) {
    checkGateTarget(schema, gate);
    const made = madeColumn(plan.translate, undefined);
    if (made !== undefined) checkIsSeen(schema, made);
  }
  if (fit.isAuto) checkIsTable(schema);
}

async function openWithModel(
  context: AugmentContext,
  model: ModelSource,
  held: BufferedHead,
  signal: AbortSignal,
): Promise<Pipeline> {
  const saved = await findModel(model, context.schema, signal);
  assertPrivate(saved, context.plan.attack);
  const found = directModel(saved, context.plan.translate);
  translationOf(found, context.plan.translate);
  checkClassesOfModel(found, context.plan.shares);
  const rows = await rowsToMeasure(context, held, signal);
  const result = isCrossed(context.plan, context.schema, countRows(rows))
    ? await gateByCrossValidation(context, found, rows, signal)
    : await gateByHoldout(
        context,
        found,
        await splitRows(context, rows, signal),
        undefined,
        signal,
      );
  const ready = { ...gated(context, result), model: found, agree: agreeWith(context, rows) };
  return openMixing(context, ready, signal);
}

/** Rows that a model which is there already is measured by. */
async function rowsToMeasure(
  { again, schema, plan: { gate, agree, seed } }: AugmentContext,
  held: BufferedHead,
  signal: AbortSignal,
): Promise<readonly RecordBatch[]> {
  const isMeasured = gate !== undefined || agree !== undefined;
  if (!isMeasured || !again || held.ended) return firstRows(held.batches, gateRows);
  const target = gate?.target;
  return (await sampleAgain(again, { schema, size: gateRows, target, seed, signal })).batches;
}

function openPassing(context: AugmentContext, signal: AbortSignal): Pipeline {
  const { schema, plan } = context;
  const mixer = mixerWith(context, withProvenance(schema, undefined, plan));
  const listeners = [
    passWhileFitting(context, mixer, signal),
    ...driftWatch(context, mixer, signal),
    ...restWatch(context, mixer, plan.fit.after),
  ];
  return { mixer, listener: combineListeners(listeners) };
}

async function openMixing(
  context: AugmentContext,
  ready: ReadyModel,
  signal: AbortSignal,
): Promise<Pipeline> {
  const { model, ratio, gate, conditions = context.plan.conditions } = ready;
  const plan = { ...context.plan, ratio, conditions };
  const described = withProvenance(context.schema, model, plan, gate);
  const mixer = mixerWith(context, described);
  await mixer.use(ready);
  const listeners = [
    ...driftWatch(context, mixer, signal),
    ...restWatch(context, mixer, context.plan.fit.rows),
  ];
  return { mixer, listener: combineListeners(listeners) };
}

function driftWatch(context: AugmentContext, mixer: Mixer, signal: AbortSignal): BatchListener[] {
  const { drift } = context.plan;
  return drift ? [watchDrift(drift, context, mixer, signal)] : [];
}

/** Watches rows that are not learned, of a stream that a model is trained on. */
function restWatch(context: AugmentContext, mixer: Mixer, learned: number): BatchListener[] {
  if (context.plan.model !== undefined || isSampledEvenly(context)) return [];
  return [watchRest(context, mixer, learned)];
}

/** A mixer whose batches have the described schema, with the mark if there is one. */
function mixerWith(context: AugmentContext, described: Schema): Mixer {
  const { plan, schema, outcome } = context;
  const output = plan.mark === undefined ? described : markedSchema(described, plan.mark);
  if (described !== schema) {
    setClosingMetadata(output, () => ({ [outcomeKey]: JSON.stringify(outcome) }));
  }
  return createMixer(context, output);
}

function isOwed({ schema, plan }: AugmentContext, batches: readonly RecordBatch[]): boolean {
  const eligible = plan.translate && expectedRows(schema, plan.translate);
  const planner = createPlanner(schema, plan.shares, { ...plan, eligible });
  return batches.some((batch) => [...planner(batch)].some(({ due }) => due > 0));
}
