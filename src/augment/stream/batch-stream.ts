import type { RecordBatch } from 'apache-arrow';
import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import type { BatchSource } from '../../data/batches/batch-source.js';
import { type Rereadable, withRereading } from '../../data/batches/rereadable.js';
import { closeable } from '../../threads/closeable.js';

/**
 * An Observable of record batches that can also be pulled: `for await (const batch of stream)`.
 *
 * RxJS has no back-pressure: an Observable pushes as fast as it can. The operators of this package
 * see that their source can be pulled and then read it one batch at a time, so that a pipeline of
 * them alone holds one batch a stage. Through any other operator batches are pushed, and wait in
 * memory for a slower stage behind it.
 */
export interface BatchStream extends Observable<RecordBatch>, AsyncIterable<RecordBatch> {
  /** As of any Observable; behind an operator of this package stands a stream that can be pulled. */
  readonly pipe: PipeToStream & Observable<RecordBatch>['pipe'];
}

/** An operator whose result can be pulled. It takes every source of batches, not Observables alone. */
export type BatchOperator = (source: BatchSource) => BatchStream;

/** An Observable that can also be pulled. */
export interface PulledStream<Item> extends Observable<Item>, AsyncIterable<Item> {}

interface PipeToStream {
  <Stream extends PulledStream<unknown>>(last: (source: BatchSource) => Stream): Stream;
  <Stream extends PulledStream<unknown>>(
    first: OperatorFunction<RecordBatch, RecordBatch>,
    last: (source: BatchSource) => Stream,
  ): Stream;
  <Stream extends PulledStream<unknown>>(
    first: OperatorFunction<RecordBatch, RecordBatch>,
    second: OperatorFunction<RecordBatch, RecordBatch>,
    last: (source: BatchSource) => Stream,
  ): Stream;
}

/**
 * A batch stream that calls `open` anew for each subscription; unsubscribing aborts the signal.
 *
 * @param again How its rows can be read once more, if they can.
 */
export function batchStream(
  open: (signal: AbortSignal) => AsyncIterable<RecordBatch>,
  again?: Rereadable,
): BatchStream {
  // `pipe` gives what its last operator gives, which RxJS's types do not say.
  return withRereading(pulledStream(open) as Observable<RecordBatch> as BatchStream, again);
}

/** The same of items of any kind. */
export function pulledStream<Item>(
  open: (signal: AbortSignal) => AsyncIterable<Item>,
): PulledStream<Item> {
  const iterable = closeable(async function* (signal) {
    yield* open(signal);
  });
  const observable = new Observable<Item>((subscriber) => {
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

async function push<Item>(
  iterator: AsyncIterator<Item>,
  subscriber: Subscriber<Item>,
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
