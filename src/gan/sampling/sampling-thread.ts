import type { RecordBatch } from 'apache-arrow';
import { createUnpacker } from '../../data/transfer/unpack.js';
import { openNativeThread } from '../../threads/native-thread.js';
import { startThread, threadFile, type Worker } from '../../threads/start-thread.js';
import { modelFiles } from '../model/files.js';
import type { Model } from '../model/model.js';
import type { BlockRequest, FromSampler, SampleTask } from './messages.js';
import type { SampleStream } from './sampler.js';
import type { SamplingTarget } from './sampling-target.js';

/** What a thread samples. */
export interface Sampling {
  readonly model: Model;
  readonly stream: SampleStream;
  readonly place: SamplingTarget;
}

/** A thread that makes a model's synthetic rows. */
export interface SamplingThread {
  /** Starting, then ready; failed for good, whatever the reason. */
  readonly state: 'starting' | 'ready' | 'failed';
  /** `count` chunks from `first` on as one batch; `undefined` if the thread has failed. */
  request(first: number, count: number): Promise<RecordBatch | undefined>;
  /** Whether the process is to live as long as the thread; at first it is not. */
  hold(isHeld: boolean): void;
  /** Ends the thread, and settles when it is gone. */
  end(): Promise<void>;
}

/** Starts a thread that makes synthetic rows. */
export function openSamplingThread(
  { model, stream, place }: Sampling,
  start: (task: SampleTask) => Worker = startSamplingThread,
): SamplingThread {
  const files = modelFiles(model);
  const thread = openNativeThread((gate) => start({ gate, files, stream, place }));
  const { worker } = thread;
  worker.unref();
  const unpack = createUnpacker(model.schema);
  const asked: ((batch: RecordBatch | undefined) => void)[] = [];
  let state: SamplingThread['state'] = 'starting';

  const fail = () => {
    state = 'failed';
    for (const answer of asked.splice(0)) answer(undefined);
  };
  worker.on('message', (message: FromSampler) => {
    if (message.type === 'ready') state = 'ready';
    else if (message.type === 'closed') thread.closed();
    else if (message.type === 'failed') fail();
    else asked.shift()?.(unpack(message.batch));
  });
  worker.on('error', fail);
  worker.on('exit', fail);

  return {
    get state() {
      return state;
    },
    request(first, count) {
      if (state === 'failed') return Promise.resolve(undefined);
      worker.postMessage({ first, count } satisfies BlockRequest);
      return new Promise((resolve) => asked.push(resolve));
    },
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end() {
      worker.ref();
      return thread.end();
    },
  };
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
