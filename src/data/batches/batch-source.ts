import type { RecordBatch, Table } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { describeValue } from '../../options/describe-value.js';
import { emptyBatch } from './interleave.js';
import { pullQueue, type Subscribable } from './pull-queue.js';
import { rereadWhole, withRereading } from './rereadable.js';

/**
 * Where record batches come from: an Observable, an async or plain iterable, an Arrow table, a batch,
 * or an array of batches; also of another copy of apache-arrow.
 */
export type BatchSource =
  | RecordBatch
  | Table
  | Iterable<RecordBatch>
  | AsyncIterable<RecordBatch>
  | Subscribable<RecordBatch>;

/**
 * The batches of a source, to be pulled one by one. What an Observable pushes waits in memory until
 * it is asked for. Nothing is opened before the first batch is.
 *
 * @param name Names it in messages.
 * @throws InvalidOptionError at once for what is no source of batches.
 */
export function toBatches(source: BatchSource, name = 'source'): AsyncIterable<RecordBatch> {
  if (typeof source === 'object' && source !== null) {
    if (Symbol.asyncIterator in source) return source;
    if (isTable(source)) {
      return inMemory(source.batches.length > 0 ? source.batches : [emptyOf(source)]);
    }
    if (isBatch(source)) return inMemory([source]);
    if (Array.isArray(source)) return inMemory(source);
    if (Symbol.iterator in source) return pulled(source);
    if ('subscribe' in source) return { [Symbol.asyncIterator]: () => pullQueue(source) };
  }
  throw new InvalidOptionError(
    `${name} must be record batches: ${describeValue(source)}. Give an Observable, an async or plain ` +
      'iterable, a table, a batch or an array of batches',
  );
}

// Both are iterable themselves, of rows; those of another copy of apache-arrow fail `instanceof`.
const isTable = (source: object): source is Table => 'batches' in source && 'schema' in source;
const isBatch = (source: object): source is RecordBatch => 'numRows' in source && 'data' in source;
const emptyOf = ({ schema }: Table) => emptyBatch(schema);

/** Batches in memory: of a table, a batch or an array. */
export function batchesInMemory(
  source: RecordBatch | Table | readonly RecordBatch[],
): readonly RecordBatch[] {
  if (Array.isArray(source)) return source;
  const one = source as RecordBatch | Table;
  return isTable(one) ? one.batches : [one];
}

function inMemory(batches: readonly RecordBatch[]): AsyncIterable<RecordBatch> {
  const rows = () => batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const open = () => pulled(batches);
  return withRereading(open(), rereadWhole(open, undefined, rows));
}

/** Each iteration starts anew, as those of an array do. */
function pulled(batches: Iterable<RecordBatch>): AsyncIterable<RecordBatch> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* batches;
    },
  };
}
