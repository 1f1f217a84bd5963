import { TrainingError } from '../../errors.js';
import { openNativeThread } from '../../threads/native-thread.js';
import { unpackError } from '../../threads/pack-error.js';
import {
  startThread,
  type TransferListItem,
  threadFile,
  type Worker,
} from '../../threads/start-thread.js';
import type { TrainingEvent } from '../training/events.js';
import type { TrainingStep } from '../training/progress.js';
import type { FitTask, FromWorker, PackedModel, ToWorker } from './messages.js';

/** A thread that trains a model. */
export interface TrainingThread {
  send(message: ToWorker, transfer?: TransferListItem[]): void;
  /** The model, or why there is none. */
  readonly result: Promise<PackedModel>;
  /** Ends the thread, at once or after the native call that it is in, and settles when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts a training thread.
 *
 * @param onStep Told of each step until the thread is ended; what it throws becomes the result.
 * @param onEvent Likewise of what else happens.
 */
export function openTrainingThread(
  task: Omit<FitTask, 'gate'>,
  start: (task: FitTask) => Worker,
  onStep?: (step: TrainingStep) => void,
  onEvent?: (event: TrainingEvent) => void,
): TrainingThread {
  const thread = openNativeThread((gate) => start({ ...task, gate }));
  const { worker } = thread;
  let over = false;
  const end = () => {
    over = true;
    return thread.end();
  };
  const result = new Promise<PackedModel>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'closed') return thread.closed();
      if (over) return;
      if (message.type === 'model') return resolve(message.model);
      if (message.type === 'failed') return reject(unpackError(message.error));
      try {
        if (message.type === 'event') onEvent?.(message.event);
        else onStep?.(message.step);
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

/** Starts a thread that trains a model. */
export function startTrainingThread(task: FitTask): Worker {
  const file = threadFile('training-entry', import.meta.url);
  return startThread(file, task, { name: 'gan-augment training' });
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
