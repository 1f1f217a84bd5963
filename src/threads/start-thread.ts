import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { FitTask, SampleTask } from '../gan/fit/messages.js';
import { switchOffTelemetry } from './telemetry.js';

/** Starts a thread that trains a model. */
export function startTrainingThread(task: FitTask): Worker {
  return startThread(threadFile('entry', import.meta.url), task, { name: 'gan-augment training' });
}

/** Starts a thread that makes synthetic rows. */
export function startSamplingThread(task: SampleTask): Worker {
  // It makes little but buffers, which V8 frees when it clears new objects away: the sooner the better.
  const resourceLimits = { maxYoungGenerationSizeMb: 1 };
  return startThread(threadFile('sampling-entry', import.meta.url), task, {
    name: 'gan-augment sampling',
    resourceLimits,
  });
}

/** Starts a thread that runs a file of this package: see {@link threadFile}. */
export function startThread(file: URL, workerData: unknown, options: WorkerOptions): Worker {
  // The library that the thread may load sees the environment of the process alone.
  switchOffTelemetry();
  // Not the flags of this process: with --input-type among them no file can be run.
  return new Worker(file, { ...options, workerData, execArgv: [] });
}

/**
 * The file that a thread runs, beside the module `from`. From the package's source, as its own tests
 * run it, the thread has to learn TypeScript first.
 */
export function threadFile(entry: string, from: string): URL {
  return new URL(from.endsWith('.ts') ? `./${entry}-from-source.mjs` : `./${entry}.js`, from);
}
