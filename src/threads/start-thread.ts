import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { ComputeError } from '../errors.js';
import { switchOffTelemetry } from './telemetry.js';

export type { TransferListItem, Worker } from 'node:worker_threads';

/**
 * Starts a thread that runs a file of this package: see {@link threadFile}.
 *
 * @throws ComputeError where that file is not: a bundler has left it behind.
 */
export function startThread(file: URL, task: unknown, options: WorkerOptions): Worker {
  assertThere(file);
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

function assertThere(file: URL): void {
  const path = fileURLToPath(file);
  try {
    createRequire(file).resolve(path);
  } catch (cause) {
    throw new ComputeError(
      `the file of a thread is not where this package's code is: ${path}. A bundler has taken the ` +
        'code out of its package: leave gan-augment out of the bundle, with esbuild by ' +
        "--external:gan-augment, with vite by ssr: { external: ['gan-augment'] }, with webpack by " +
        "externals: { 'gan-augment': 'module gan-augment' }, and install it beside the bundle",
      { cause },
    );
  }
}
