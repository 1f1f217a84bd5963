import { DataType, type RecordBatch, type Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { gatherRuns, sliceBatch } from '../batches/interleave.js';
import type { IpcFormat } from './message-writer.js';
import { wholeDictionaries } from './whole-dictionaries.js';

/**
 * Makes the dictionaries of successive batches continue each other: each one is the one before,
 * with new values at its end.
 *
 * A file has one dictionary, the last of them. In a stream one that has grown is written again as a
 * whole, and one that outgrows its index type starts anew.
 *
 * @param schema of all batches, as an object.
 */
export function createDictionaryKeeper(
  schema: Schema,
  format: IpcFormat,
): (batch: RecordBatch) => RecordBatch {
  if (!schema.fields.some((field) => hasDictionary(field.type))) return (batch) => batch;
  let known: RecordBatch | undefined;
  return (batch) => {
    const next = wholeDictionaries(known ? continueFrom(known, batch) : batch);
    known = sliceBatch(next, 0, 0);
    return next;
  };

  function continueFrom(before: RecordBatch, batch: RecordBatch): RecordBatch {
    try {
      return gatherRuns(schema, [before, batch], [{ source: 1, start: 0, length: batch.numRows }]);
    } catch (error) {
      if (format === 'arrow-stream' && error instanceof SchemaError) return batch;
      throw error;
    }
  }
}

function hasDictionary(type: DataType): boolean {
  return (
    DataType.isDictionary(type) || (type.children ?? []).some((child) => hasDictionary(child.type))
  );
}
