import type { Worker } from 'node:worker_threads';
import { untilAborted } from './abortable.js';
import { type PackedError, packError, unpackError } from './pack-error.js';
import { openThisThread } from './this-thread.js';

/** What a thread answers to its one task. */
type Answer<Result> =
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'failed'; readonly error: PackedError };

/**
 * The answer of a thread that {@link answerCall}s. It is ended afterwards, and when the signal aborts.
 *
 * @param start Starts the thread, which must run no native code.
 * @param failure The error to raise when the thread itself fails.
 * @throws What the thread's work throws; the signal's reason, at once.
 */
export async function callThread<Result>(
  start: () => Worker,
  failure: (cause: Error & { code?: unknown }) => Error,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted();
  const worker = start();
  const answer = new Promise<Result>((resolve, reject) => {
    worker.once('message', (message: Answer<Result>) => {
      if (message.type === 'result') resolve(message.result);
      else reject(unpackError(message.error));
    });
    worker.once('error', (error) => reject(failure(error)));
    worker.once('exit', (code) => reject(failure(new Error(`it ended with code ${code}`))));
  });
  try {
    return await untilAborted(answer, signal);
  } finally {
    await worker.terminate();
  }
}

/** Does the task that this thread was started with, and answers with what comes of it. */
export async function answerCall<Task, Result>(
  work: (task: Task) => Promise<Result>,
): Promise<void> {
  const { task, post } = openThisThread<Task, never, Answer<Result>>();
  try {
    post({ type: 'result', result: await work(task) });
  } catch (error) {
    post({ type: 'failed', error: packError(error) });
  }
}
