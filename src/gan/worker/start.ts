import { Worker } from 'node:worker_threads';
import type { FitTask } from './messages.js';

/** Starts a thread that trains a model. */
export function startTrainingThread(task: FitTask): Worker {
  // From the package's source, as its own tests run it, the thread has to learn TypeScript first.
  const entry = import.meta.url.endsWith('.ts')
    ? new URL('./entry-from-source.mjs', import.meta.url)
    : new URL('./entry.js', import.meta.url);
  // Not the flags of this process: with --input-type among them no file can be run.
  return new Worker(entry, { workerData: task, execArgv: [], name: 'gan-augment training' });
}
