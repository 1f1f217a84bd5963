import type { RecordBatch } from 'apache-arrow';
import type { AugmentContext, ReadyModel } from '../augment-context.js';
import type { FitStarted } from '../events.js';
import { prepareModel } from './prepare-model.js';

/** A model that is trained while the stream goes on. */
export interface BackgroundFit {
  /** The outcome, once there is one. */
  readonly outcome: { readonly ready: ReadyModel } | { readonly error: unknown } | undefined;
  /** Stops the training, if it is not over, and settles when it is. */
  stop(reason?: Error): Promise<void>;
}

/** Starts to train on these rows; `signal` stops it. */
export function fitInBackground(
  context: AugmentContext,
  batches: readonly RecordBatch[] | Promise<readonly RecordBatch[]>,
  cause: FitStarted['cause'],
  signal: AbortSignal,
): BackgroundFit {
  const controller = new AbortController();
  const either = AbortSignal.any([controller.signal, signal]);
  let outcome: BackgroundFit['outcome'];
  const prepare = async () => prepareModel(context, await batches, cause, either);
  const over = prepare().then(
    (ready) => {
      outcome = { ready };
    },
    (error: unknown) => {
      outcome = { error };
    },
  );
  return {
    get outcome() {
      return outcome;
    },
    async stop(reason) {
      controller.abort(reason);
      await over;
    },
  };
}
