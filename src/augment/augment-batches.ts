import type { RecordBatch } from 'apache-arrow';
import { type BatchSource, toBatches } from '../data/batches/batch-source.js';
import { rereadableOf } from '../data/batches/rereadable.js';
import { groupSequenceBatches } from '../data/sequences/group.js';
import type { SequenceOptions } from '../data/sequences/options.js';
import { ungroupSequenceBatches } from '../data/sequences/ungroup.js';
import { closeable } from '../threads/closeable.js';
import { planAugmentation } from './augment-plan.js';
import { type AugmentDependencies, defaultDependencies } from './dependencies.js';
import { createEmitter } from './emit-event.js';
import { iterate } from './iteration.js';
import type { AugmentOptions } from './options/augment-options.js';
import { emptyOutcome } from './provenance/outcome.js';

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
  const { sequence } = options;
  const open = (rows: AsyncIterable<RecordBatch>, signal: AbortSignal) =>
    iterate({
      dependencies,
      source: rows,
      again: rereadableOf(rows),
      plan,
      outcome: emptyOutcome(),
      emit: createEmitter(options.progress),
      signal,
    });
  return closeable(
    (signal) =>
      sequence === undefined
        ? open(batches, signal)
        : overSequences(batches, sequence, open, signal),
    options.signal,
  );
}

/** Works on rows of sequences in the place of those of a long table. */
async function* overSequences(
  batches: AsyncIterable<RecordBatch>,
  sequence: SequenceOptions,
  work: (rows: AsyncIterable<RecordBatch>, signal: AbortSignal) => AsyncIterable<RecordBatch>,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const grouped = groupSequenceBatches(batches, { ...sequence, signal });
  yield* ungroupSequenceBatches(work(grouped, signal), { signal });
}
