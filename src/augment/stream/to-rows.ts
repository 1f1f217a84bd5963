import type { RecordBatch } from 'apache-arrow';
import { Observable, type OperatorFunction } from 'rxjs';
import { type BatchSource, toBatches } from '../../data/batches/batch-source.js';
import { type PlainRow, plainRows } from '../../data/rows/to-rows.js';

/**
 * Batches as plain objects, a row at a time, with the values that `plainRows` gives. The next batch is
 * pulled when the rows of the one before have been taken.
 */
export function toRows(): OperatorFunction<RecordBatch, PlainRow> {
  return (source: BatchSource) =>
    new Observable((subscriber) => {
      const iterator = toBatches(source)[Symbol.asyncIterator]();
      const rows = plainRows({ [Symbol.asyncIterator]: () => iterator });
      const push = async () => {
        try {
          for await (const row of rows) {
            if (subscriber.closed) return;
            subscriber.next(row);
          }
          subscriber.complete();
        } catch (error) {
          subscriber.error(error);
        }
      };
      void push();
      return () => {
        // The source's own: that of the rows would wait for a batch which may never come.
        void iterator.return?.();
      };
    });
}
