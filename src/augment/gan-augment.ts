import type { RecordBatch } from 'apache-arrow';
import {
  firstValueFrom,
  from,
  isObservable,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs';
import type { Model } from '../gan/model/model.js';
import { augmentBatches } from './augment-batches.js';
import { batchStream, pull } from './batch-stream.js';
import { type AugmentOptions, checkAugmentOptions, type ModelSource } from './options.js';

/** Options of the operator: those of `augmentBatches`, and the model may be an ObservableInput. */
export interface GanAugmentOptions extends Omit<AugmentOptions, 'model'> {
  /** A model, the directory of a saved one, or what will give one. */
  readonly model?: ModelSource | ObservableInput<Model> | undefined;
}

/**
 * Mixes synthetic rows into a stream of Arrow record batches.
 *
 * Trains a GAN on the rows that it sees first, or loads one, and lets synthetic rows follow the
 * real ones at an exact ratio.
 *
 * Real rows pass unchanged and in order; the columns stay the same. Nothing happens before
 * subscription, and each subscription starts afresh. Errors of the source, of training and of the
 * model reach the observer. Unsubscribing stops training and closes the source.
 *
 * **RxJS has no back-pressure.** Behind `readParquet`, `readArrow` and `fromBatches` batches are
 * pulled one at a time. Any other source is subscribed to, and what it pushes while the model
 * trains waits in memory.
 *
 * ```ts
 * readParquet('train.parquet')
 *   .pipe(ganAugment({ ratio: 0.3, seed: 7 }), writeParquet('train.augmented.parquet'))
 *   .subscribe();
 * ```
 *
 * @see augmentBatches for the same without RxJS.
 * @param options `ratio` is the share of the output rows that is synthetic; see `AugmentOptions`.
 * @return An operator from record batches to record batches.
 * @throws InvalidOptionError at once for options that cannot be used.
 */
export function ganAugment(options: GanAugmentOptions): OperatorFunction<RecordBatch, RecordBatch> {
  const { model, ...others } = options ?? {};
  const resolve = (): AugmentOptions =>
    model === undefined ? others : { ...others, model: toModelSource(model) };
  checkAugmentOptions({ ...others, ...(model !== undefined && { model: '' }) });
  return (source) =>
    batchStream((signal) => {
      const both = others.signal ? AbortSignal.any([others.signal, signal]) : signal;
      return augmentBatches(pull(source), { ...resolve(), signal: both });
    });
}

function toModelSource(model: NonNullable<GanAugmentOptions['model']>): ModelSource {
  if (typeof model === 'string' || 'manifest' in model) return model;
  if ('then' in model && !isObservable(model)) return model;
  // Subscribed to only if a model turns out to be needed.
  return {
    // biome-ignore lint/suspicious/noThenProperty: a lazy promise is what is wanted.
    then: (...handlers) => firstValueFrom(from(model as ObservableInput<Model>)).then(...handlers),
  };
}
