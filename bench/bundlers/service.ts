/** A small service: it augments a Parquet file, trained on a thread, and says what it did. */
export const service = `
import { ganAugment, readParquet, writeParquet } from 'gan-augment';
import { lastValueFrom } from 'rxjs';

const [input, output] = process.argv.slice(2);
await lastValueFrom(
  readParquet(input).pipe(
    ganAugment({ ratio: 0.3, seed: 7, fit: { steps: 20 } }),
    writeParquet(output),
  ),
);
console.log(globalThis.threadsStarted ?? 0);
`;

/** Counts the threads that a process starts, in \`globalThis.threadsStarted\`. */
export const countThreads = `
const threads = require('node:worker_threads');
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    globalThis.threadsStarted = (globalThis.threadsStarted ?? 0) + 1;
  }
};
require('node:module').syncBuiltinESMExports();
`;
