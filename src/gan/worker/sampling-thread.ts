import type { Worker } from 'node:worker_threads';
import type { RecordBatch } from 'apache-arrow';
import { estimateBytes } from '../../data/estimate-bytes.js';
import { createUnpacker } from '../../data/transfer/unpack.js';
import { modelFiles } from '../model/files.js';
import type { Model } from '../model/model.js';
import type { SampleStream } from '../sampler.js';
import type { SamplingPlace } from '../sampling-place.js';
import type { BlockRequest, FromSampler, SampleTask } from './messages.js';
import { openNativeThread } from './native-thread.js';
import { startSamplingThread } from './start.js';

/** Blocks that are made ahead: at most so many, and of at most so many bytes. */
const most = { blocks: 64, bytes: 2 ** 23 };

/** What a thread samples. */
export interface Sampling {
  readonly model: Model;
  readonly stream: SampleStream;
  readonly place: SamplingPlace;
}

/** A thread that makes a model's synthetic rows ahead of their use. */
export interface SamplingThread {
  /** Starting, then ready; failed for good, whatever the reason. */
  readonly state: 'starting' | 'ready' | 'failed';
  /**
   * The next `count` chunks from `first` on, as one batch; `undefined` if the thread has failed.
   * Calls follow each other, each at the chunk after the ones before.
   */
  take(first: number): Promise<RecordBatch | undefined>;
  /** Ends the thread, and settles when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts a thread that makes synthetic rows.
 *
 * It makes more of them ahead each time that somebody has had to wait, so that a short stream costs
 * little and a long one never waits for long. It does not keep the process alive by itself.
 *
 * @param count chunks of a block.
 */
export function openSamplingThread(
  { model, stream, place }: Sampling,
  count: number,
  start: (task: SampleTask) => Worker = startSamplingThread,
): SamplingThread {
  const files = modelFiles(model);
  const thread = openNativeThread((gate) => start({ gate, files, stream, place }));
  const { worker } = thread;
  worker.unref();
  const unpack = createUnpacker(model.schema);
  const made: RecordBatch[] = [];
  let state: SamplingThread['state'] = 'starting';
  let pending = 0;
  let ahead = 1;
  let limit = most.blocks;
  let wake = () => {};

  const fail = () => {
    state = 'failed';
    wake();
  };
  worker.on('message', (message: FromSampler) => {
    if (message.type === 'ready') state = 'ready';
    else if (message.type === 'closed') thread.closed();
    else if (message.type === 'failed') fail();
    else {
      const batch = unpack(message.batch);
      limit = Math.min(most.blocks, Math.max(Math.floor(most.bytes / estimateBytes(batch)), 1));
      pending--;
      made.push(batch);
      wake();
    }
  });
  worker.on('error', fail);
  worker.on('exit', fail);

  return {
    get state() {
      return state;
    },
    async take(first) {
      if (made.length === 0) ahead = Math.min(2 * ahead, limit);
      for (; made.length + pending < ahead && state === 'ready'; pending++) {
        const request = { first: first + (made.length + pending) * count, count };
        worker.postMessage(request satisfies BlockRequest);
      }
      while (made.length === 0 && state === 'ready') {
        worker.ref();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        worker.unref();
      }
      return made.shift();
    },
    end() {
      worker.ref();
      return thread.end();
    },
  };
}
