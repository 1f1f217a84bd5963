import type { RecordBatch } from 'apache-arrow';
import { type BatchSource, toBatches } from '../data/batches/batch-source.js';
import { rereadableOf } from '../data/batches/rereadable.js';
import { planAugmentation } from './augment-plan.js';
import { type AugmentDependencies, defaultDependencies } from './dependencies.js';
import { createEmitter } from './emit-event.js';
import { iterate } from './iteration.js';
import type { AugmentOptions } from './options/augment-options.js';
import { emptyOutcome } from './provenance/outcome.js';
import { closeable } from './stream/closeable.js';

/**
 * Mixes synthetic rows into a stream of record batches, of whatever source.
 *
 * Real rows come out as they came in: all of them, unchanged and in order. After n of them exactly
 * floor(n · ratio / (1 − ratio)) synthetic rows have come out, however the stream is cut into
 * batches. The columns stay the same; the schema's metadata gains an entry that says how the data
 * was augmented. Nothing happens until the result is iterated, and each iteration starts afresh.
 *
 * Without `model`, one is trained: on `fit.rows` rows that are drawn evenly from a source that can be
 * read again, or on the first ones of a stream, which are held. Options such as `mode` and `fit.during`
 * change some of this: see `AugmentOptions`.
 *
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration:
 * SchemaError, ModelError, TrainingError, and whatever the source raises.
 */
export function augmentBatches(
  source: BatchSource,
  options: AugmentOptions,
): AsyncIterable<RecordBatch> {
  return augmentWith(defaultDependencies, source, options);
}

/** `augmentBatches` with other makers of models and rows. */
export function augmentWith(
  dependencies: AugmentDependencies,
  source: BatchSource,
  options: AugmentOptions,
): AsyncIterable<RecordBatch> {
  const plan = planAugmentation(options);
  const batches = toBatches(source);
  return closeable(
    (signal) =>
      iterate({
        dependencies,
        source: batches,
        again: rereadableOf(batches),
        plan,
        outcome: emptyOutcome(),
        emit: createEmitter(options.progress),
        signal,
      }),
    options.signal,
  );
}
