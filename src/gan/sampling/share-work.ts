import type { RecordBatch } from 'apache-arrow';
import { estimateBytes } from '../../data/batches/estimate-bytes.js';
import type { Chunks } from './chunks.js';
import type { Sampler } from './sampler.js';
import type { SamplingThread } from './sampling-thread.js';

/**
 * What is made ahead: at most so many batches, and of about so many bytes. The thread is to have work
 * while the caller encodes a row group, which takes as long as tens of thousands of rows to make.
 */
const bounds = { batches: 256, bytes: 2 ** 24 };

/** Some chunks in a row: being made by the thread, or made. */
interface Slot {
  readonly first: number;
  readonly count: number;
  batch?: RecordBatch | undefined;
  /** Settles when the batch is there, or the thread has failed. */
  readonly settled: Promise<unknown>;
}

/**
 * The chunks from `first` on, in order, made by a thread in blocks of `count`, ahead of their use.
 *
 * Where the next one is not there yet, the calling thread does not wait, but makes a later one. Each
 * time that happens the thread is given twice as many to make ahead, so that a short stream costs
 * little. If the thread fails, the caller makes what it has not.
 */
export function shareWork(
  sampler: Sampler,
  thread: SamplingThread,
  first: number,
  count: number,
): Chunks {
  let slots: Slot[] = [];
  let [ahead, limit] = [1, bounds.batches];
  let end = first;

  const ask = () => {
    let pending = slots.filter(({ batch }) => !batch).length;
    // The rest is for chunks of the caller's own, so that it need not wait while the thread is behind.
    const most = Math.min(ahead, Math.ceil(limit / 2));
    for (; thread.state === 'ready' && pending < most && slots.length < limit; pending++) {
      const settled = thread.request(end, count).then((batch) => {
        slot.batch = batch;
      });
      const slot: Slot = { first: end, count, settled };
      slots.push(slot);
      end += count;
    }
  };

  const makeOwn = async (chunk: number): Promise<Slot> => ({
    first: chunk,
    count: 1,
    batch: await sampler.chunk(chunk),
    settled: Promise.resolve(),
  });

  /** Splits what the thread was asked for in vain. */
  const takeOver = async ({ first, count }: Slot) => {
    const rest = Array.from({ length: count - 1 }, (_, k) => ({
      first: first + 1 + k,
      count: 1,
      settled: Promise.resolve(),
    }));
    slots = [await makeOwn(first), ...rest, ...slots.slice(1)];
  };

  const advance = async (head: Slot | undefined) => {
    if (head && thread.state === 'failed') return takeOver(head);
    if (head && slots.length >= limit) {
      thread.hold(true);
      await head.settled;
      thread.hold(false);
    } else {
      slots.push(await makeOwn(end++));
    }
  };

  return {
    async next() {
      if (slots.length > 0 && !slots[0]?.batch) ahead = Math.min(2 * ahead, bounds.batches);
      ask();
      while (!slots[0]?.batch) await advance(slots[0]);
      const [made] = slots.splice(0, 1) as [Slot & { batch: RecordBatch }];
      const blockBytes = (estimateBytes(made.batch) / made.count) * count;
      limit = Math.min(bounds.batches, Math.max(Math.floor(bounds.bytes / blockBytes), 2));
      return made.batch;
    },
    dispose: () => thread.end(),
  };
}
