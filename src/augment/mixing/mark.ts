import { Bool, type Data, Field, makeData, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { SchemaError } from '../../errors.js';

/** The schema with a non-null boolean column at its end, true in synthetic rows. */
export function markedSchema(schema: Schema, name: string): Schema {
  if (schema.fields.some((field) => field.name === name)) {
    throw new SchemaError(`column '${name}' exists already. Give 'mark' another name`);
  }
  const fields = [...schema.fields, new Field(name, new Bool(), false)];
  return new Schema(fields, schema.metadata, schema.dictionaries, schema.metadataVersion);
}

/** The batch under a marked schema, all of its rows marked alike. */
export function markBatch(schema: Schema, batch: RecordBatch, synthetic: boolean): RecordBatch {
  const rows = batch.numRows;
  const bits = new Uint8Array(Math.ceil(rows / 8)).fill(synthetic ? 0xff : 0);
  const mark = makeData({ type: new Bool(), length: rows, nullCount: 0, data: bits });
  const columns: Data[] = [...batch.data.children.slice(0, schema.fields.length - 1), mark];
  return makeBatch(schema, columns, rows);
}
