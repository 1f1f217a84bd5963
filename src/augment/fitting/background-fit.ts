import type { RecordBatch } from 'apache-arrow';
import type { FitStarted } from '../events.js';
import { type Preparation, type Prepared, prepareModel } from './prepare.js';

/** A model that is trained while the stream goes on. */
export interface BackgroundFit {
  /** The outcome, once there is one. */
  readonly outcome: { readonly prepared: Prepared } | { readonly error: unknown } | undefined;
  /** Stops the training, if it is not over, and settles when it is. */
  stop(reason?: Error): Promise<void>;
}

/** Starts to train on these rows; `signal` stops it. */
export function fitInBackground(
  preparation: Preparation,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  signal: AbortSignal,
): BackgroundFit {
  const controller = new AbortController();
  const either = AbortSignal.any([controller.signal, signal]);
  let outcome: BackgroundFit['outcome'];
  const over = prepareModel(preparation, batches, cause, either).then(
    (prepared) => {
      outcome = { prepared };
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
