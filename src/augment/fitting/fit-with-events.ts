import type { RecordBatch } from 'apache-arrow';
import type { Model } from '../../gan/model/model.js';
import type { TrainingEvent } from '../../gan/training/events.js';
import type { TrainingStep } from '../../gan/training/progress.js';
import type { AugmentContext } from '../augment-context.js';
import type { AugmentEvent, FitStarted, FitStopped } from '../events.js';

/** Reason of an abort: the stream has ended, and nobody needs the model. */
export const streamEnded = new Error('the stream has ended');

/** Trains a model, and tells of what happens in it, from its start to its end. */
export async function fitWithEvents(
  { dependencies, schema, plan, emit }: AugmentContext,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  signal: AbortSignal,
): Promise<Model> {
  const fit = plan.fit.settings;
  // Another training is never gone on from.
  const settings = cause === 'start' ? fit : { ...fit, resume: false };
  if (!emit) return dependencies.fit(schema, batches, settings, signal);
  const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  let done: Partial<FitStopped> = {};
  const onStep = (step: TrainingStep) => {
    fit.onStep?.(step);
    emit({ type: 'fit-step', ...step });
  };
  const onEvent = (event: TrainingEvent) => {
    fit.onEvent?.(event);
    if (event.type === 'done') {
      const { step, kept, reason: because } = event;
      done = { because, step, kept };
      return;
    }
    emit({ ...event, type: `fit-${event.type}` } as AugmentEvent);
  };
  emit({ type: 'fit-started', cause, rows });
  try {
    const model = await dependencies.fit(schema, batches, { ...settings, onStep, onEvent }, signal);
    emit({ type: 'fit-stopped', reason: 'done', model: model.id, ...done });
    return model;
  } catch (error) {
    emit({ type: 'fit-stopped', ...whyStopped(error, signal) });
    throw error;
  }
}

function whyStopped(error: unknown, { aborted, reason }: AbortSignal) {
  if (!aborted) return { reason: 'failed', error } as const;
  return { reason: reason === streamEnded ? 'stream-ended' : 'cancelled' } as const;
}
