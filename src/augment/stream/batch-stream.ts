import type { RecordBatch } from 'apache-arrow';
import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
import type { BatchSource } from '../../data/batches/batch-source.js';
import { type Rereadable, withRereading } from '../../data/batches/rereadable.js';
import { closeable } from './closeable.js';

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

interface PipeToStream {
  (last: BatchOperator): BatchStream;
  (first: OperatorFunction<RecordBatch, RecordBatch>, last: BatchOperator): BatchStream;
  (
    first: OperatorFunction<RecordBatch, RecordBatch>,
    second: OperatorFunction<RecordBatch, RecordBatch>,
    last: BatchOperator,
  ): BatchStream;
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
  // `pipe` gives what its last operator gives, which RxJS's types do not say.
  const stream = Object.assign(observable, {
    [Symbol.asyncIterator]: () => iterable[Symbol.asyncIterator](),
  }) as Observable<RecordBatch> as BatchStream;
  return withRereading(stream, again);
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
