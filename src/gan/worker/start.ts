import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { FitTask, SampleTask } from './messages.js';

/** Starts a thread that trains a model. */
export function startTrainingThread(task: FitTask): Worker {
  return startThread('entry', task, { name: 'gan-augment training' });
}

/** Starts a thread that makes synthetic rows. */
export function startSamplingThread(task: SampleTask): Worker {
  // It makes little but buffers, which V8 frees when it clears new objects away: the sooner the better.
  const resourceLimits = { maxYoungGenerationSizeMb: 1 };
  return startThread('sampling-entry', task, { name: 'gan-augment sampling', resourceLimits });
}

function startThread(entry: string, workerData: unknown, options: WorkerOptions): Worker {
  // From the package's source, as its own tests run it, the thread has to learn TypeScript first.
  const file = import.meta.url.endsWith('.ts') ? `${entry}-from-source.mjs` : `${entry}.js`;
  const url = new URL(`./${file}`, import.meta.url);
  // Not the flags of this process: with --input-type among them no file can be run.
  return new Worker(url, { ...options, workerData, execArgv: [] });
}
