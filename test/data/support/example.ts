import { Field, Int32, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { makeBatch } from '../../../src/data/batches/batch.js';

/** The schema of {@link exampleBatch}. */
export const exampleSchema = new Schema(
  [
    new Field('id', new Int32(), false, new Map([['unit', 'none']])),
    new Field('name', new Utf8(), true),
  ],
  new Map([['origin', 'test']]),
);

/** `rows` rows: id from `start` on, and a name, null for every third. */
export function exampleBatch(start: number, rows: number): RecordBatch {
  const ids = Array.from({ length: rows }, (_, k) => start + k);
  const names = ids.map((id) => (id % 3 === 0 ? null : `name ${id}`));
  const columns = [vectorFromArray(ids, new Int32()), vectorFromArray(names, new Utf8())];
  const data = columns.map((column) => column.data[0] as never);
  return makeBatch(exampleSchema, data, rows);
}

/** Batches, then an error. */
export async function* failing(batches: readonly RecordBatch[], error: unknown) {
  yield* batches;
  throw error;
}

/** Batches without end, and whether it was closed. */
export function endless() {
  const state = { closed: false };
  async function* batches() {
    try {
      for (let start = 0; ; start += 10) {
        // As of a source that reads: timers have their turn.
        await new Promise((resolve) => setImmediate(resolve));
        yield exampleBatch(start, 10);
      }
    } finally {
      state.closed = true;
    }
  }
  return { state, batches: batches() };
}

/** A source that waits for ever after its first batch. */
export function stuck(): AsyncIterable<RecordBatch> {
  return {
    [Symbol.asyncIterator]() {
      let first = true;
      return {
        next() {
          if (!first) return new Promise(() => {});
          first = false;
          return Promise.resolve({ done: false, value: exampleBatch(0, 10) });
        },
      };
    },
  };
}
