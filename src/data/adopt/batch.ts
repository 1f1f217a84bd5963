import { Data, RecordBatch, type Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { makeBatch } from '../batches/batch.js';
import { emptyBatch } from '../batches/interleave.js';
import { createDataAdopter } from './data.js';
import { adoptSchema, isNativeSchema, isOf } from './type.js';

/** Gives the batch itself, or for one of another copy of apache-arrow the same rows as of this one. */
export type AdoptBatch = (batch: RecordBatch) => RecordBatch;

/**
 * Takes batches of other copies of apache-arrow: its CommonJS build beside its ES modules, or one
 * that a dependency brought along.
 *
 * Two copies do not know each other's classes: comparisons inside arrow-js fail, and its writers
 * drop such batches without a word. Here types are made anew, and buffers are shared. Batches which
 * share a schema, or a dictionary, go on to share it.
 *
 * The function that it gives throws a SchemaError for what is no batch, or of an unknown version.
 */
export function createAdopter(): AdoptBatch {
  const schemas = new WeakMap<Schema, Schema>();
  const native = new WeakSet<Schema>();
  const adoptData = createDataAdopter();

  function isNative(batch: RecordBatch): boolean {
    if (!isOf(RecordBatch, batch) || !isOf(Data, batch.data)) return false;
    if (!batch.data.children.every((column) => isOf(Data, column))) return false;
    if (native.has(batch.schema)) return true;
    if (!isNativeSchema(batch.schema)) return false;
    native.add(batch.schema);
    return true;
  }

  return (batch) => {
    if (isNative(batch)) return batch;
    if (!looksLikeBatch(batch)) {
      throw new SchemaError(
        `stream item is not a record batch: ${describeValue(batch)}. Send RecordBatch objects of apache-arrow`,
      );
    }
    try {
      const schema = schemas.get(batch.schema) ?? adoptSchema(batch.schema);
      schemas.set(batch.schema, schema);
      if (batch.numRows === 0) return emptyBatch(schema);
      const columns = schema.fields.map(({ type }, k) =>
        adoptData(type, batch.data.children[k] as Data),
      );
      return makeBatch(schema, columns, batch.numRows);
    } catch (cause) {
      throw new SchemaError(
        `record batch comes from another copy of apache-arrow, and cannot be adopted: ${(cause as Error).message}. ` +
          'Run `npm dedupe`, and see that `npm ls apache-arrow` shows one',
        { cause },
      );
    }
  };
}

function looksLikeBatch(value: unknown): value is RecordBatch {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, data, numRows } = value as Partial<RecordBatch>;
  return Array.isArray(schema?.fields) && Array.isArray(data?.children) && numRows !== undefined;
}

function describeValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return `an object of class ${value.constructor?.name ?? 'none'}`;
}
