import type { RecordBatch, Schema } from 'apache-arrow';
import { abortable } from '../data/abortable.js';
import { ofOneSchema } from '../data/one-schema.js';
import { findSamplingPlace } from '../gan/sampling-place.js';
import { closeable } from './closeable.js';
import { findModel } from './find-model.js';
import { type Held, hold } from './hold.js';
import { markedSchema } from './mark.js';
import { createMixer, type Mixer } from './mixer.js';
import { type AugmentOptions, checkAugmentOptions, defaultFitRows } from './options.js';
import type { Ratio } from './ratio.js';
import { type AugmentTools, ownTools } from './tools.js';

/**
 * Mixes synthetic rows into a stream of record batches.
 *
 * Real rows come out as they came in: all of them, unchanged and in order. After n of them exactly
 * floor(n · ratio / (1 − ratio)) synthetic rows have come out, however the stream is cut into
 * batches. The columns stay the same; the schema's metadata gains an entry that says how the data
 * was augmented. Nothing happens until the result is iterated, and each iteration starts afresh.
 *
 * Without `model`, the first `fit.rows` rows are held and a model is trained on them.
 *
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration:
 * SchemaError, ModelError, TrainingError, and whatever the source raises.
 */
export function augmentBatches(
  source: AsyncIterable<RecordBatch>,
  options: AugmentOptions,
): AsyncIterable<RecordBatch> {
  return augmentWith(ownTools, source, options);
}

/** `augmentBatches` with other makers of models and rows. */
export function augmentWith(
  tools: AugmentTools,
  source: AsyncIterable<RecordBatch>,
  options: AugmentOptions,
): AsyncIterable<RecordBatch> {
  const ratio = checkAugmentOptions(options);
  return closeable((signal) => run(tools, source, options, ratio, signal), options.signal);
}

async function* run(
  tools: AugmentTools,
  source: AsyncIterable<RecordBatch>,
  options: AugmentOptions,
  ratio: Ratio,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  if (ratio.isZero && options.mark === undefined) {
    yield* abortable(source, signal);
    return;
  }
  const input = ofOneSchema(abortable(source, signal));
  let mixer: Mixer | undefined;
  try {
    const held = await hold(input, rowsToHold(options, ratio));
    const schema = held.batches[0]?.schema;
    if (!schema) return;
    mixer = await openMixer(tools, schema, held, options, ratio, signal);
    // Let go of each held batch as it leaves: the stream may go on for long.
    for (let batch = held.batches.shift(); batch; batch = held.batches.shift()) {
      yield* mixer.mix(batch, signal);
    }
    for await (const batch of input) yield* mixer.mix(batch, signal);
    const report = mixer.report();
    if (report) options.onConditions?.(report);
  } finally {
    // After an error this is not raised over it: what fails in closing is not the cause.
    await Promise.allSettled([mixer?.dispose(), input.return()]);
  }
}

/** With a model that is there already, the first batch is enough, to compare the schemas. */
function rowsToHold({ model, fit }: AugmentOptions, ratio: Ratio): number {
  return ratio.isZero || model !== undefined ? 0 : (fit?.rows ?? defaultFitRows);
}

async function openMixer(
  tools: AugmentTools,
  schema: Schema,
  held: Held,
  options: AugmentOptions,
  ratio: Ratio,
  signal: AbortSignal,
): Promise<Mixer> {
  // Refused before any training.
  if (options.mark !== undefined) markedSchema(schema, options.mark);
  if (!ratio.isZero) await findSamplingPlace(options.sample ?? {}, 'sample.');
  // No model is trained for a stream too short to owe a synthetic row.
  const idle = options.model === undefined && held.ended && ratio.dueAfter(held.rows) === 0;
  const model =
    idle || ratio.isZero
      ? undefined
      : await findModel(tools, options, schema, held.batches, signal);
  return createMixer(tools, schema, model, ratio, options);
}
