import type { RecordBatch, Schema } from 'apache-arrow';
import { abortable } from '../data/abortable.js';
import { rebindBatch } from '../data/batch.js';
import { ofOneSchema } from '../data/one-schema.js';
import { assertSameSchema, sameSchema } from '../data/schema.js';
import { SchemaError } from '../errors.js';
import { loadModel } from '../gan/model/directory.js';
import type { Model } from '../gan/model/model.js';
import { openSampler, type Sampler } from '../gan/sampler.js';
import { createRandom } from '../random.js';
import { closeable } from './closeable.js';
import { fitHeld } from './fit-stream.js';
import { hold } from './hold.js';
import { markBatch, markedSchema } from './mark.js';
import { mixBatch } from './mix.js';
import {
  type AugmentOptions,
  checkAugmentOptions,
  defaultFitRows,
  type ModelSource,
} from './options.js';
import { withProvenance } from './provenance.js';
import type { Ratio } from './ratio.js';
import { createSyntheticRows } from './synthetic-rows.js';

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
  const ratio = checkAugmentOptions(options);
  return closeable((signal) => run(source, options, ratio, signal), options.signal);
}

async function* run(
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
    const needed = options.model === undefined ? (options.fit?.rows ?? defaultFitRows) : 1;
    const held = await hold(input, ratio.isZero ? 1 : needed);
    const schema = held.batches[0]?.schema;
    if (!schema) return;
    // A stream too short to owe a synthetic row needs no model.
    const idle = held.ended && ratio.dueAfter(held.rows) === 0;
    const model =
      idle || ratio.isZero ? undefined : await findModel(options, schema, held.batches, signal);
    mixer = await createMixer(schema, model, ratio, options);
    for (const batch of held.batches) yield await mixer.mix(batch);
    for await (const batch of input) yield await mixer.mix(batch);
  } finally {
    await mixer?.dispose();
    await input.return?.();
  }
}

async function findModel(
  { model, fit, seed }: AugmentOptions,
  schema: Schema,
  held: readonly RecordBatch[],
  signal: AbortSignal,
): Promise<Model> {
  if (model === undefined) {
    return fitHeld(schema, held, { seed: seed ?? 0, ...fit }, signal);
  }
  const found = await resolveModel(model);
  if (!sameSchema(found.schema, schema)) {
    try {
      assertSameSchema(found.schema, schema, 'the stream');
    } catch (error) {
      throw new SchemaError(
        `the model was trained on another schema. ${(error as Error).message}`,
        { cause: error },
      );
    }
  }
  return found;
}

async function resolveModel(model: ModelSource): Promise<Model> {
  return typeof model === 'string' ? loadModel(model) : model;
}

interface Mixer {
  mix(batch: RecordBatch): Promise<RecordBatch>;
  dispose(): Promise<void>;
}

/** Counts real rows and puts the synthetic ones that they make due among them. */
async function createMixer(
  input: Schema,
  model: Model | undefined,
  ratio: Ratio,
  { ratio: share, seed = 0, partition = 0, mark, placement = 'interleave' }: AugmentOptions,
): Promise<Mixer> {
  const described = model
    ? withProvenance(input, model, { ratio: share, seed: String(seed) })
    : input;
  const output = mark === undefined ? described : markedSchema(described, mark);
  const adapt = (batch: RecordBatch, synthetic: boolean) =>
    mark === undefined ? rebindBatch(output, batch) : markBatch(output, batch, synthetic);
  const random = createRandom(seed).fork('synthetic', partition);
  const sampler: Sampler | undefined = model && (await openSampler(model));
  const take =
    sampler &&
    createSyntheticRows(sampler, random, (chunk) => adapt(rebindBatch(input, chunk), true));
  let real = 0;
  return {
    async mix(batch) {
      const before = real;
      real += batch.numRows;
      const due = ratio.dueAfter(real) - ratio.dueAfter(before);
      const own = adapt(batch, false);
      if (!take || due === 0) return own;
      return mixBatch(output, own, await take(due), ratio, before, placement);
    },
    dispose: async () => sampler?.dispose(),
  };
}
