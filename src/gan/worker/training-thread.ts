import type { TransferListItem, Worker } from 'node:worker_threads';
import {
  closeNativeGate,
  createNativeGate,
  type NativeGate,
  waitForNativeGate,
} from '../../compute/native-gate.js';
import { TrainingError } from '../../errors.js';
import type { TrainingStep } from '../progress.js';
import type { FitTask, FromWorker, PackedModel, ToWorker } from './messages.js';
import { unpackError } from './pack-error.js';

/** A thread that trains a model. */
export interface TrainingThread {
  send(message: ToWorker, transfer?: TransferListItem[]): void;
  /** The model, or why there is none. */
  readonly result: Promise<PackedModel>;
  /** Ends the thread, at once or after the native call that it is in, and settles when it is gone. */
  end(): Promise<void>;
}

/** Milliseconds that the process, when it exits, waits for a native call to end. */
const patience = 10_000;

const openGates = new Set<NativeGate>();

function closeGates(): void {
  for (const gate of openGates) waitForNativeGate(gate, patience);
}

/**
 * Starts a training thread.
 *
 * @param onStep Told of each step until the thread is ended; what it throws becomes the result.
 */
export function openTrainingThread(
  task: Omit<FitTask, 'gate'>,
  start: (task: FitTask) => Worker,
  onStep?: (step: TrainingStep) => void,
): TrainingThread {
  const gate = createNativeGate();
  const worker = start({ ...task, gate });
  if (openGates.size === 0) process.on('exit', closeGates);
  openGates.add(gate);
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      openGates.delete(gate);
      if (openGates.size === 0) process.off('exit', closeGates);
      resolve();
    });
  });

  let over = false;
  const end = () => {
    over = true;
    if (closeNativeGate(gate)) void worker.terminate();
    return gone;
  };
  const result = new Promise<PackedModel>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'closed') return void worker.terminate();
      if (over) return;
      if (message.type === 'model') return resolve(message.model);
      if (message.type === 'failed') return reject(unpackError(message.error));
      try {
        onStep?.(message.step);
      } catch (error) {
        over = true;
        reject(error);
      }
    });
    worker.on('error', (error) => reject(threadError(error)));
    worker.on('exit', (code) => {
      reject(new TrainingError(`the training thread ended before its work, with code ${code}`));
    });
  });
  return { send: (message, transfer = []) => worker.postMessage(message, transfer), result, end };
}

function threadError(cause: Error & { code?: unknown }): TrainingError {
  if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new TrainingError(
      'the training thread is out of memory. Train on fewer rows (fit.rows), or allow Node.js ' +
        'more: --max-old-space-size',
      { cause },
    );
  }
  const remedy =
    cause.code === 'ERR_MODULE_NOT_FOUND'
      ? ". Leave gan-augment out of the bundle, or train on the calling thread: fit.thread 'caller'"
      : '';
  return new TrainingError(`the training thread failed: ${cause.message}${remedy}`, { cause });
}
