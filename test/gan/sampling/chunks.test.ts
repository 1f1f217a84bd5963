import { Worker } from 'node:worker_threads';
import type { RecordBatch } from 'apache-arrow';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { concatenateBatches } from '../../../src/data/batches/interleave.js';
import type { Model } from '../../../src/gan/model/model.js';
import type { Chunks } from '../../../src/gan/sampling/chunks.js';
import type { SampleTask } from '../../../src/gan/sampling/messages.js';
import { openChunks } from '../../../src/gan/sampling/open-chunks.js';
import {
  openSamplingThread,
  type SamplingThread,
} from '../../../src/gan/sampling/sampling-thread.js';
import { hastyModel, penguins } from '../../augment/penguins.js';
import { exactRows } from '../../data/support/exact.js';
import { eventually } from '../../support/eventually.js';

const rows = 20_000;
const stream = { seed: 4, partition: 2 };
let model: Model;
let expected: unknown[][];

beforeAll(async () => {
  model = await hastyModel(await penguins());
  const chunks = await openChunks(model, stream, {}, false);
  expected = await take(chunks);
  await chunks.dispose();
});
afterEach(async () => {
  await eventually(() => expect(traces()).toEqual(before));
});

/** What a thread that is not ended, or not forgotten, leaves in the process. */
const traces = () => ({
  ports: process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length,
  exitListeners: process.listenerCount('exit'),
});
const before = traces();

async function take(chunks: Chunks): Promise<unknown[][]> {
  const batches: RecordBatch[] = [];
  for (let taken = 0; taken < rows; taken += batches.at(-1)?.numRows ?? 0) {
    batches.push(await chunks.next());
  }
  return exactRows([concatenateBatches(model.schema, batches)]).slice(0, rows);
}

/** Opens threads that run other code, or the real one, and says how each of them fared. */
function opening(start?: (task: SampleTask) => Worker) {
  const threads: SamplingThread[] = [];
  const open: typeof openSamplingThread = (...args) => {
    const thread = openSamplingThread(args[0], start);
    threads.push(thread);
    return thread;
  };
  return { threads, open };
}

const running = (code: string) => (task: SampleTask) =>
  new Worker(code, { eval: true, workerData: task });

describe('openChunks', () => {
  it('should give the same rows whether a thread makes them or the caller', async () => {
    const { open, threads } = opening();
    const chunks = await openChunks(model, stream, {}, open);
    // The thread is asked for after some rows, and used once it is there.
    for (let k = 0; k < 17; k++) await chunks.next();
    await eventually(() => expect(threads[0]?.state).toBe('ready'));
    const rest = await Promise.all([chunks.next()]);

    const skipped = 17 * model.manifest.generator.rows;
    expect(rest[0]?.numRows).toBeGreaterThan(model.manifest.generator.rows);
    expect(exactRows(rest)).toEqual(expected.slice(skipped, skipped + (rest[0]?.numRows ?? 0)));
    await chunks.dispose();
  });

  it('should start no thread for few rows', async () => {
    const { open, threads } = opening();
    const chunks = await openChunks(model, stream, {}, open);

    for (let taken = 0; taken < 3000; ) taken += (await chunks.next()).numRows;

    expect(threads).toEqual([]);
    await chunks.dispose();
  });

  it.each([
    ['cannot be started', "throw new Error('no')"],
    ['ends before it is ready', 'process.exit(3)'],
    [
      'fails at the first block',
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', () => parentPort.postMessage({ type: 'failed', error: {} }));
       parentPort.postMessage({ type: 'ready' });`,
    ],
    [
      'crashes at the first block',
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', () => { throw new Error('crash'); });
       parentPort.postMessage({ type: 'ready' });`,
    ],
  ])('should go on without a thread that %s', async (_, code) => {
    const { open, threads } = opening(running(code));
    const chunks = await openChunks(model, stream, {}, open);

    const taken = await take(chunks);

    expect(taken).toEqual(expected);
    await eventually(() => expect(threads[0]?.state).toBe('failed'));
    await chunks.dispose();
  });

  it('should make rows ahead, the more the longer the stream', async () => {
    const { open, threads } = opening();
    const chunks = await openChunks(model, stream, {}, open);
    for (let k = 0; k < 17; k++) await chunks.next();
    await eventually(() => expect(threads[0]?.state).toBe('ready'));

    const taken = await take(chunks);

    const skipped = 17 * model.manifest.generator.rows;
    expect(taken.slice(0, rows - skipped)).toEqual(expected.slice(skipped));
    await chunks.dispose();
  });
});
