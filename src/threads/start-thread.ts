import { Worker, type WorkerOptions } from 'node:worker_threads';
import { switchOffTelemetry } from './telemetry.js';

export type { TransferListItem, Worker } from 'node:worker_threads';

/** Starts a thread that runs a file of this package: see {@link threadFile}. */
export function startThread(file: URL, task: unknown, options: WorkerOptions): Worker {
  // The library that the thread may load sees the environment of the process alone.
  switchOffTelemetry();
  // Not the flags of this process: with --input-type among them no file can be run.
  return new Worker(file, { ...options, workerData: task, execArgv: [] });
}

/**
 * The file that a thread runs, beside the module `from`. From the package's source, as its own tests
 * run it, the thread has to learn TypeScript first.
 */
export function threadFile(entry: string, from: string): URL {
  return new URL(from.endsWith('.ts') ? `./${entry}-from-source.mjs` : `./${entry}.js`, from);
}
