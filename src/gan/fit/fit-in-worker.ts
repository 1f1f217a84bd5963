import { type RecordBatch, Schema } from 'apache-arrow';
import { schemaMessage } from '../../data/ipc/schema-message.js';
import { wireSchema } from '../../data/schema/wire-schema.js';
import { cutByBytes } from '../../data/transfer/cut.js';
import { createPacker } from '../../data/transfer/pack.js';
import { encoderFromJSON } from '../../encode/infer.js';
import { learnedSchema } from '../../encode/rules/learned-table.js';
import { untilAborted, yieldToEventLoop } from '../../threads/abortable.js';
import type { Manifest } from '../model/manifest.js';
import type { Model } from '../model/model.js';
import type { PackedModel } from './messages.js';
import type { ResolvedFitOptions } from './options.js';
import { openTrainingThread, startTrainingThread, type TrainingThread } from './training-thread.js';
import { translatedColumns } from './translated-columns.js';

/** Bytes that are packed at once: they hold this thread for about a millisecond, cold, and less when warm. */
const pieceBytes = 2 ** 16;

/**
 * `trainModel` on a thread of its own: this one only sends the rows and takes the model.
 *
 * @param start Starts the thread.
 * @throws What `trainModel` throws; the signal's reason, at once; what `onStep` throws;
 * TrainingError when the thread fails.
 */
export async function fitInWorker(
  schema: Schema,
  batches: readonly RecordBatch[],
  { signal, onStep, onEvent, thread: _, ...options }: ResolvedFitOptions,
  start = startTrainingThread,
): Promise<Model> {
  signal?.throwIfAborted();
  const task = {
    // How rows were grouped stands in the metadata.
    schema: schemaMessage(wireSchema(new Schema(schema.fields, schema.metadata))),
    options,
    reports: onStep !== undefined,
  };
  const thread = openTrainingThread(task, start, onStep, onEvent);
  const over = new AbortController();
  try {
    const both = Promise.all([thread.result, send(thread, batches, over.signal)]);
    const [model] = await untilAborted(both, signal);
    await untilAborted(thread.end(), signal);
    return await unpackModel(learnedFrom(schema, options.translate), model);
  } finally {
    over.abort();
    void thread.end();
  }
}

/** Sends the rows, and lets events have their turn between the pieces. */
async function send(
  thread: TrainingThread,
  batches: readonly RecordBatch[],
  signal: AbortSignal,
): Promise<void> {
  const pack = createPacker();
  for (const piece of cutByBytes(batches, pieceBytes)) {
    await yieldToEventLoop(signal);
    const parcel = pack(piece);
    thread.send({ type: 'batch', batch: parcel.batch }, parcel.transfer);
  }
  thread.send({ type: 'end' });
}

/** The columns that the model is of. */
function learnedFrom(schema: Schema, translate: ResolvedFitOptions['translate']): Schema {
  return translate ? translatedColumns(schema, [], translate).schema : schema;
}

async function unpackModel(schema: Schema, packed: PackedModel): Promise<Model> {
  const { id, generator, reverse } = packed;
  const manifest = JSON.parse(packed.manifest) as Manifest;
  const encoders = [];
  const learned = learnedSchema(schema, manifest.rules ?? []);
  for (const [column, field] of learned.fields.entries()) {
    await yieldToEventLoop();
    encoders.push(encoderFromJSON(field, manifest.encoders[column]));
  }
  return {
    id,
    manifest,
    schema: new Schema(schema.fields),
    encoders,
    generator,
    ...(reverse && { reverse }),
  };
}
