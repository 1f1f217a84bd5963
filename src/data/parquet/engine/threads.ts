import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { ComputeError } from '../../../errors.js';
import { startThread, threadFile } from '../../../threads/start-thread.js';
import { createThreadPool } from '../../../threads/thread-pool.js';
import { type EncodeTask, encodeRows } from './encode.js';

/** A Parquet file in memory to decode, in batches of so many rows. */
export interface DecodeTask {
  readonly bytes: Uint8Array;
  readonly batchRows: number;
}

/** What a thread of the engine is asked for. */
export type EngineTask = DecodeTask | EncodeTask;

/** Batches as Arrow IPC streams, or one Parquet file. */
export type EngineResult = readonly Uint8Array[];

/** Threads that decode and encode row groups for one reading or writing. */
export interface EngineThreads {
  readonly count: number;
  /** The batches of a Parquet file in memory, as Arrow IPC streams. */
  decode(task: DecodeTask): Promise<EngineResult>;
  /** A Parquet file of some rows, whose stream may be written over at once. */
  encode(task: EncodeTask): Promise<Uint8Array>;
  /** Lets go of the threads; those that nobody else uses end. */
  close(): Promise<void>;
}

/** Bytes that are done before a thread has started: the default takes none for them. */
export const soonDone = 16 * 2 ** 20;

/** Threads by default, at most: more of them wait for the calling thread. */
const mostByDefault = 2;

const file = threadFile('parquet-entry', import.meta.url);

const pool = createThreadPool<EngineTask, EngineResult>(
  () => startThread(file, undefined, { name: 'gan-augment Parquet' }),
  (cause) =>
    new ComputeError(`a thread that reads and writes Parquet has ended: ${cause.message}`, {
      cause,
    }),
);

/**
 * Opens up to `count` threads, which all readings and writings of this process share.
 *
 * @param count Default: as many as suit the machine, and for encoding none of them at first.
 */
export function openEngineThreads(count?: number): EngineThreads {
  const most = count ?? defaultThreads();
  const member = pool.join(most);
  let encoded = 0;
  return {
    count: most,
    decode: (task) => member.run(task),
    async encode(task) {
      encoded += task.stream.byteLength;
      const isSoonDone = count === undefined && encoded < soonDone;
      if (most === 0 || isSoonDone) return encodeRows(task);
      const stream = task.stream.slice();
      const [bytes] = await member.run({ ...task, stream }, [stream.buffer]);
      return bytes as Uint8Array;
    },
    close: () => member.leave(),
  };
}

/** How many suit this machine: none where they may not be started, or a bundle has lost their file. */
export function defaultThreads(): number {
  const mayStart = process.permission?.has('worker') ?? true;
  const cores = availableParallelism();
  return cores > 1 && mayStart && existsSync(file) ? Math.min(cores, mostByDefault) : 0;
}
