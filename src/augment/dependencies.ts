import type { RecordBatch, Schema } from 'apache-arrow';
import {
  type BatchLiftOptions,
  measureLiftInWorker,
} from '../evaluate/utility/measure-in-worker.js';
import { type Lift, measureLift } from '../evaluate/utility/measure-lift.js';
import { fitModel } from '../gan/fit/fit.js';
import type { FitOptions } from '../gan/fit/options.js';
import type { Model } from '../gan/model/model.js';
import { openChunks } from '../gan/sampling/open-chunks.js';

/** What the operator has done for it: tests put others in their place. */
export interface AugmentDependencies {
  /** Trains a model on rows. */
  readonly fit: (
    schema: Schema,
    batches: readonly RecordBatch[],
    settings: FitOptions,
    signal: AbortSignal,
  ) => Promise<Model>;
  /** Opens a model's synthetic rows. */
  readonly openChunks: typeof openChunks;
  /** Measures what synthetic rows are good for. */
  readonly measureLift: (options: BatchLiftOptions, thread: 'worker' | 'caller') => Promise<Lift>;
}

export const defaultDependencies: AugmentDependencies = {
  fit: (schema, batches, settings, signal) => fitModel(schema, batches, { ...settings, signal }),
  openChunks,
  measureLift: (options, thread) =>
    thread === 'worker' ? measureLiftInWorker(options) : measureLift(options),
};
