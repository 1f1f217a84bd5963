import type { RecordBatch } from 'apache-arrow';
import { Observable, type Subscriber } from 'rxjs';
import { closeable } from './closeable.js';

/**
 * An Observable of record batches that can also be pulled.
 *
 * RxJS has no back-pressure: an Observable pushes as fast as it can. The operators of this package
 * see that their source can be pulled and then read it one batch at a time, so that a pipeline of
 * them alone holds one batch a stage. Through any other operator batches are pushed, and wait in
 * memory for a slower stage behind it.
 */
export type BatchStream = Observable<RecordBatch> & AsyncIterable<RecordBatch>;

/** A batch stream that calls `open` anew for each subscription; unsubscribing aborts the signal. */
export function batchStream(
  open: (signal: AbortSignal) => AsyncIterable<RecordBatch>,
): BatchStream {
  const iterable = closeable(async function* (signal) {
    yield* open(signal);
  });
  const observable = new Observable<RecordBatch>((subscriber) => {
    const iterator = iterable[Symbol.asyncIterator]();
    void push(iterator, subscriber);
    return () => {
      void iterator.return?.();
    };
  });
  return Object.assign(observable, {
    [Symbol.asyncIterator]: () => iterable[Symbol.asyncIterator](),
  });
}

async function push(
  iterator: AsyncIterator<RecordBatch>,
  subscriber: Subscriber<RecordBatch>,
): Promise<void> {
  try {
    while (!subscriber.closed) {
      const next = await iterator.next();
      if (next.done) return subscriber.complete();
      subscriber.next(next.value);
    }
  } catch (error) {
    subscriber.error(error);
  }
}

/** Pulls from an Observable: from a batch stream one by one, from any other through a queue. */
export function pull(source: Observable<RecordBatch>): AsyncIterable<RecordBatch> {
  if (Symbol.asyncIterator in source) return source as BatchStream;
  return { [Symbol.asyncIterator]: () => queued(source) };
}

/** Subscribes on the first `next()`, and keeps what arrives before it is asked for. */
function queued<Item>(source: Observable<Item>): AsyncIterator<Item, void> {
  const items: Item[] = [];
  let ended: { error?: unknown } | undefined;
  let wake = () => {};
  const subscribe = () => {
    const settle = (end: { error?: unknown }) => {
      ended = end;
      wake();
    };
    return source.subscribe({
      next: (item) => {
        items.push(item);
        wake();
      },
      error: (error: unknown) => settle({ error }),
      complete: () => settle({}),
    });
  };
  let subscription: ReturnType<typeof subscribe> | undefined;
  return {
    async next() {
      subscription ??= subscribe();
      while (items.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (items.length > 0) return { done: false, value: items.shift() as Item };
      if (ended && 'error' in ended) throw ended.error;
      return { done: true, value: undefined };
    },
    async return() {
      subscription?.unsubscribe();
      ended = {};
      items.length = 0;
      wake();
      return { done: true, value: undefined };
    },
  };
}
