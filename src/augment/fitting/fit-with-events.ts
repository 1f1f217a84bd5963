import type { RecordBatch } from 'apache-arrow';
import type { FitOptions } from '../../gan/fit/options.js';
import type { Model } from '../../gan/model/model.js';
import type { TrainingEvent } from '../../gan/training/events.js';
import type { TrainingStep } from '../../gan/training/progress.js';
import type { AugmentContext } from '../augment-context.js';
import type { EmitEvent } from '../emit-event.js';
import type { AugmentEvent, FitStarted, FitStopped } from '../events.js';
import { fitAttacked } from '../privacy/attack/fit-attacked.js';

/** Reason of an abort: the stream has ended, and nobody needs the model. */
export const streamEnded = new Error('the stream has ended');

/** Trains a model of the stream, and tells of what happens in it, from its start to its end. */
export function fitWithEvents(
  { dependencies, schema, plan, emit }: AugmentContext,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  signal: AbortSignal,
): Promise<Model> {
  const { settings: fit } = plan.fit;
  // Another training is never gone on from.
  const settings = cause === 'start' ? fit : { ...fit, resume: false };
  const { attack: most, sampling } = plan;
  const { openChunks: open, onFitted } = dependencies;
  const attacked = { most, sampling, open, seed: plan.fit.seed, emit, onFitted };
  const train = (told: FitOptions) =>
    fitAttacked((rows) => dependencies.fit(schema, rows, told, signal), batches, attacked, signal);
  return emit
    ? emitWhile(train, settings, { cause, rows: countRows(batches) }, emit, signal)
    : train(settings);
}

/** Trains by `train`, and emits what happens meanwhile. */
export async function emitWhile(
  train: (settings: FitOptions) => Promise<Model>,
  settings: FitOptions,
  started: Omit<FitStarted, 'type'>,
  emit: EmitEvent,
  signal: AbortSignal | undefined,
): Promise<Model> {
  let done: Partial<FitStopped> = {};
  const onStep = (step: TrainingStep) => {
    settings.onStep?.(step);
    emit({ type: 'fit-step', ...step });
  };
  const onEvent = (event: TrainingEvent) => {
    settings.onEvent?.(event);
    if (event.type === 'done') {
      const { step, kept, reason: because } = event;
      done = { because, step, kept };
      return;
    }
    emit({ ...event, type: `fit-${event.type}` } as AugmentEvent);
  };
  emit({ type: 'fit-started', ...started });
  try {
    const model = await train({ ...settings, onStep, onEvent });
    emit({ type: 'fit-stopped', reason: 'done', model: model.id, ...done });
    return model;
  } catch (error) {
    emit({ type: 'fit-stopped', ...whyStopped(error, signal) });
    throw error;
  }
}

export function countRows(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, { numRows }) => sum + numRows, 0);
}

function whyStopped(error: unknown, signal: AbortSignal | undefined) {
  if (!signal?.aborted) return { reason: 'failed', error } as const;
  return { reason: signal.reason === streamEnded ? 'stream-ended' : 'cancelled' } as const;
}
