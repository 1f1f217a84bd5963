import type { RecordBatch, Table } from 'apache-arrow';
import { createAdopter } from '../data/adopt/batch.js';
import { InvalidOptionError } from '../errors.js';

/** Rows to look at: one batch, several of one schema, or a table. */
export type BatchesInput = RecordBatch | Table | Iterable<RecordBatch>;

/**
 * The batches of an input.
 *
 * @param name Names it in messages.
 * @throws InvalidOptionError for what holds no batches, such as a stream that was not collected;
 * SchemaError for items that are no batches.
 */
export function batchesIn(input: BatchesInput, name: string): readonly RecordBatch[] {
  return listOf(input, name).map(createAdopter());
}

function listOf(input: BatchesInput, name: string): readonly RecordBatch[] {
  if (typeof input === 'object' && input !== null) {
    if ('batches' in input) return input.batches;
    if ('numRows' in input) return [input];
    if (Symbol.iterator in input) return [...input];
  }
  throw new InvalidOptionError(
    `${name} must be a record batch, several of them, or a table: ${String(input)}. Collect a ` +
      'stream first',
  );
}
