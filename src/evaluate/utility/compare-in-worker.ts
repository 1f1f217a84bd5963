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
import type { ArmComparison, ArmOptions } from './arm.js';
import { compareArms } from './compare-arms.js';
import type { ArmTask, PackedTable } from './messages.js';

/** Bytes that are packed at once: they hold this thread for about a millisecond. */
const pieceBytes = 2 ** 16;

/**
 * `compareArms` on a thread of its own: this one only sends the rows.
 *
 * @throws What `compareArms` throws; the signal's reason, at once; TrainingError when the thread
 * fails.
 */
export async function compareArmsInWorker(
  { real, folds, signal, ...options }: ArmOptions,
  start = startMeasuringThread,
): Promise<ArmComparison> {
  // Refused at once.
  if (isEmpty(real)) return compareArms({ real, folds, ...options });
  const transfer: ArrayBuffer[] = [];
  const packed: ArmTask['folds'][number][] = [];
  for (const { synthetic, ...fold } of folds) {
    const arms: Record<string, PackedTable> = {};
    for (const [arm, batches] of Object.entries(synthetic)) {
      if (!isEmpty(batches)) arms[arm] = await packTable(batches, transfer, signal);
    }
    packed.push({ ...fold, synthetic: arms });
  }
  const task: ArmTask = { real: await packTable(real, transfer, signal), folds: packed, options };
  return callThread(() => start(task, transfer), threadError, signal);
}

export function startMeasuringThread(task: ArmTask, transferList: ArrayBuffer[]) {
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
