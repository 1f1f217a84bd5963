import type { RecordBatch, Schema } from 'apache-arrow';
import type { ArmComparison, ArmOptions } from '../evaluate/utility/arm.js';
import { compareArms } from '../evaluate/utility/compare-arms.js';
import { compareArmsInWorker } from '../evaluate/utility/compare-in-worker.js';
import { fitModel } from '../gan/fit/fit.js';
import type { FitOptions } from '../gan/fit/options.js';
import type { Model } from '../gan/model/model.js';
import { openChunks } from '../gan/sampling/open-chunks.js';
import { openTranslator } from '../gan/sampling/translator.js';
import type { HoldoutSplit } from './fitting/split-holdout.js';

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
  /** Opens a model that makes synthetic rows from real ones. */
  readonly openTranslator: typeof openTranslator;
  /** Measures what synthetic rows are good for. */
  readonly compareArms: (
    options: ArmOptions,
    thread: 'worker' | 'caller',
  ) => Promise<ArmComparison>;
  /**
   * Told of each model that is trained, with the rows that it learned and a fifth of them that was held
   * out for it; without it none is but for an attack.
   */
  readonly onFitted?: ((model: Model, split: HoldoutSplit) => void) | undefined;
}

export const defaultDependencies: AugmentDependencies = {
  fit: (schema, batches, settings, signal) => fitModel(schema, batches, { ...settings, signal }),
  openChunks,
  openTranslator,
  compareArms: (options, thread) =>
    thread === 'worker' ? compareArmsInWorker(options) : compareArms(options),
};
