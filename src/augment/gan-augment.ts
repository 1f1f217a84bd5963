import {
  firstValueFrom,
  from,
  fromEvent,
  isObservable,
  type ObservableInput,
  takeUntil,
} from 'rxjs';
import { toBatches } from '../data/batches/batch-source.js';
import type { Model } from '../gan/model/model.js';
import { checkOptions } from '../options/check.js';
import { object } from '../options/composed.js';
import { custom } from '../options/values.js';
import { augmentWith } from './augment-batches.js';
import { planAugmentation } from './augment-plan.js';
import { type AugmentDependencies, defaultDependencies } from './dependencies.js';
import { type AugmentOptions, augmentOptions } from './options/augment-options.js';
import { type ModelSource, modelOption } from './options/model-source.js';
import { type BatchOperator, batchStream } from './stream/batch-stream.js';

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
 * @return An operator from record batches to record batches: its result can be subscribed to, and
 * pulled with `for await`. It takes any source of batches: `ganAugment({ ratio: 0.3 })(table)`.
 * @throws InvalidOptionError at once for options that cannot be used.
 */
export function ganAugment(options: GanAugmentOptions): BatchOperator {
  return ganAugmentWith(defaultDependencies, options);
}

/** `ganAugment` with other makers of models and rows. */
export function ganAugmentWith(
  dependencies: AugmentDependencies,
  options: GanAugmentOptions,
): BatchOperator {
  checkOptions(ganAugmentOptions, options);
  const resolved: AugmentOptions = { ...options, model: toModelSource(options.model) };
  planAugmentation(resolved);
  return (source) => {
    const batches = toBatches(source);
    return batchStream((signal) => {
      const both = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
      return augmentWith(dependencies, batches, { ...resolved, signal: both });
    });
  };
}

/** An Observable is subscribed to when a model is needed, and let go of when it no longer is. */
function toModelSource(model: GanAugmentOptions['model']): ModelSource | undefined {
  if (!isInput(model)) return model as ModelSource | undefined;
  return (signal) =>
    firstValueFrom(
      from(model as ObservableInput<Model>).pipe(takeUntil(fromEvent(signal, 'abort'))),
    );
}

function isInput(model: unknown): boolean {
  if (typeof model !== 'object' || model === null) return false;
  return isObservable(model) || Symbol.iterator in model || Symbol.asyncIterator in model;
}

/** The options of `ganAugment`. */
const ganAugmentOptions = object<GanAugmentOptions>({
  ...augmentOptions.shape,
  model: custom<NonNullable<GanAugmentOptions['model']>>(
    'a model, a directory, or what gives a model',
    (model) => modelOption.accepts(model) || isInput(model),
  ),
});
