import {
  Binary,
  Data,
  DataType,
  Dictionary,
  type Field,
  type RecordBatch,
  Schema,
  Utf8,
  Vector,
} from 'apache-arrow';
import { SchemaError } from '../errors.js';
import { makeBatch } from './batch.js';
import { withClosingMetadata } from './closing-metadata.js';
import { describeType } from './describe.js';
import { wholeRun } from './gather/runs.js';
import { gatherValidity } from './gather/validity.js';
import { bytesAt } from './gather/view.js';

/** The schema with text and binary instead of their views, down to the leaves; the same one if it has none. */
export function plainViewSchema(schema: Schema): Schema {
  const fields = schema.fields.map(plainField);
  if (fields.every((field, index) => field === schema.fields[index])) return schema;
  return withClosingMetadata(schema, new Schema(fields, schema.metadata));
}

/** The batch under the schema that {@link plainViewSchema} made of its own: views become plain. */
export function plainViewBatch(schema: Schema, batch: RecordBatch): RecordBatch {
  if (schema === batch.schema) return batch;
  const columns = schema.fields.map((field, index) =>
    plainData(field.type, batch.data.children[index] as Data),
  );
  return makeBatch(schema, columns, batch.numRows);
}

function plainField(field: Field): Field {
  const type = plainType(field.type);
  return type === field.type ? field : field.clone({ type });
}

function plainType(type: DataType): DataType {
  if (DataType.isUtf8View(type)) return new Utf8();
  if (DataType.isBinaryView(type)) return new Binary();
  if (DataType.isDictionary(type)) {
    const values = plainType(type.dictionary);
    if (values === type.dictionary) return type;
    return new Dictionary(values, type.indices, type.id, type.isOrdered);
  }
  const children = (type.children ?? []).map(plainField);
  if (children.every((child, index) => child === type.children[index])) return type;
  return Object.assign(Object.create(type), { children });
}

function plainData(type: DataType, data: Data): Data {
  if (type === data.type) return data;
  if (DataType.isUtf8View(data.type) || DataType.isBinaryView(data.type)) {
    return plainBytes(type, data);
  }
  const children = data.children.map((child, index) =>
    plainData((type.children[index] as Field).type, child),
  );
  const dictionary = DataType.isDictionary(type)
    ? plainDictionary(type.dictionary, data.dictionary)
    : undefined;
  const { offset, length, nullCount } = data;
  // Declared as a list of buffers, but a Data in their place keeps the buffers as they are.
  return new Data(type, offset, length, nullCount, data as never, children, dictionary);
}

const plainChunks = new WeakMap<Data, Data>();

/** Kept for as long as the dictionary, so that batches go on sharing one. */
function plainDictionary(type: DataType, dictionary?: Vector): Vector | undefined {
  if (!dictionary) return undefined;
  const chunks = dictionary.data.map((chunk: Data) => {
    const plain = plainChunks.get(chunk) ?? plainData(type, chunk);
    plainChunks.set(chunk, plain);
    return plain;
  });
  return new Vector(chunks);
}

function plainBytes(type: DataType, data: Data): Data {
  const { length } = data;
  const parts = Array.from({ length }, (_, row) =>
    data.getValid(row) ? bytesAt(data, row) : undefined,
  );
  const valueOffsets = new Int32Array(length + 1);
  let end = 0;
  for (const [row, part] of parts.entries()) {
    end += part?.length ?? 0;
    if (end > 2 ** 31 - 1) throw tooLong(data.type);
    valueOffsets[row + 1] = end;
  }
  const values = new Uint8Array(end);
  for (const [row, part] of parts.entries()) if (part) values.set(part, valueOffsets[row]);
  const { nullCount, nullBitmap } = gatherValidity([data], wholeRun(length));
  return new Data(type, 0, length, nullCount, [valueOffsets, values, nullBitmap] as never);
}

function tooLong(type: DataType): SchemaError {
  return new SchemaError(
    `one batch cannot hold more than 2^31 bytes of type: ${describeType(type)}. Use smaller batches`,
  );
}
