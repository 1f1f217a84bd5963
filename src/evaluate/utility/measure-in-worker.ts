import { type RecordBatch, Schema } from 'apache-arrow';
import { createAdopter } from '../../data/adopt/batch.js';
import { schemaMessage } from '../../data/ipc/schema-message.js';
import { wireSchema } from '../../data/schema/wire-schema.js';
import { cutByBytes } from '../../data/transfer/cut.js';
import { createPacker, type PackedBatch } from '../../data/transfer/pack.js';
import { TrainingError } from '../../errors.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { callThread } from '../../threads/call-thread.js';
import { startThread, threadFile } from '../../threads/start-thread.js';
import { type Lift, type LiftOptions, measureLift } from './measure-lift.js';
import type { LiftTask, PackedTable } from './messages.js';

/** Bytes that are packed at once: they hold this thread for about a millisecond. */
const pieceBytes = 2 ** 16;

/** `LiftOptions`, with batches for tables. */
export interface BatchLiftOptions extends LiftOptions {
  readonly real: readonly RecordBatch[];
  readonly synthetic: readonly RecordBatch[];
  readonly holdout: readonly RecordBatch[];
}

/**
 * `measureLift` on a thread of its own: this one only sends the rows.
 *
 * @throws What `measureLift` throws; the signal's reason, at once; TrainingError when the thread
 * fails.
 */
export async function measureLiftInWorker(
  given: BatchLiftOptions,
  start = startMeasuringThread,
): Promise<Lift> {
  const { real, synthetic, holdout, signal, ...options } = given;
  // Refused at once, or nothing to do.
  if ([real, synthetic, holdout].some(isEmpty)) return measureLift(given);
  const transfer: ArrayBuffer[] = [];
  const pack = (batches: readonly RecordBatch[]) => packTable(batches, transfer, signal);
  const task: LiftTask = {
    real: await pack(real),
    synthetic: await pack(synthetic),
    holdout: await pack(holdout),
    options,
  };
  return callThread(() => start(task, transfer), threadError, signal);
}

export function startMeasuringThread(task: LiftTask, transferList: ArrayBuffer[]) {
  const options = { name: 'gan-augment measuring', transferList };
  return startThread(threadFile('measuring-entry', import.meta.url), task, options);
}

function isEmpty(batches: readonly RecordBatch[]): boolean {
  return batches.every(({ numRows }) => numRows === 0);
}

/** Packs the rows piece by piece, and lets events have their turn between them. */
async function packTable(
  batches: readonly RecordBatch[],
  transfer: ArrayBuffer[],
  signal: AbortSignal | undefined,
): Promise<PackedTable> {
  const adopted = batches.map(createAdopter());
  const pack = createPacker();
  const packed: PackedBatch[] = [];
  for (const piece of cutByBytes(adopted, pieceBytes)) {
    await yieldToEventLoop(signal);
    const parcel = pack(piece);
    packed.push(parcel.batch);
    for (const buffer of parcel.transfer) transfer.push(buffer);
  }
  const { fields } = (adopted[0] as RecordBatch).schema;
  return { schema: schemaMessage(wireSchema(new Schema(fields))), batches: packed };
}

function threadError(cause: Error & { code?: unknown }): TrainingError {
  const remedy =
    cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? 'Measure on fewer rows, or allow Node.js more: --max-old-space-size'
      : "Leave gan-augment out of the bundle, or measure on the calling thread: gate.thread 'caller'";
  return new TrainingError(`the measuring thread failed: ${cause.message}. ${remedy}`, { cause });
}
