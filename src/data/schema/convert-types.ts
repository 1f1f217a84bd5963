import {
  Data,
  DataType,
  Dictionary,
  type Field,
  type RecordBatch,
  Schema,
  Vector,
} from 'apache-arrow';
import { makeBatch } from '../batches/batch.js';
import { withClosingMetadata } from '../files/closing-metadata.js';

/** The type that takes the place of one without members; the same one where it stays. */
export type ConvertType = (type: DataType) => DataType;

/** An array of values under another type. A function of the module: its results are kept by it. */
export type ConvertData = (type: DataType, data: Data) => Data;

/** The schema with other types, down to the leaves and the values of dictionaries; the same one if none changes. */
export function convertSchema(schema: Schema, convert: ConvertType): Schema {
  const fields = schema.fields.map((field) => convertField(field, convert));
  if (fields.every((field, index) => field === schema.fields[index])) return schema;
  return withClosingMetadata(schema, new Schema(fields, schema.metadata));
}

/** The batch under the schema that {@link convertSchema} made of its own. */
export function convertBatch(
  schema: Schema,
  batch: RecordBatch,
  convert: ConvertData,
): RecordBatch {
  if (schema === batch.schema) return batch;
  const columns = schema.fields.map((field, index) =>
    convertData(field.type, batch.data.children[index] as Data, convert),
  );
  return makeBatch(schema, columns, batch.numRows);
}

function convertField(field: Field, convert: ConvertType): Field {
  const type = convertType(field.type, convert);
  return type === field.type ? field : field.clone({ type });
}

function convertType(type: DataType, convert: ConvertType): DataType {
  if (DataType.isDictionary(type)) {
    const values = convertType(type.dictionary, convert);
    if (values === type.dictionary) return type;
    return new Dictionary(values, type.indices, type.id, type.isOrdered);
  }
  if (!type.children?.length) return convert(type);
  const children = type.children.map((child) => convertField(child, convert));
  if (children.every((child, index) => child === type.children[index])) return type;
  return Object.assign(Object.create(type), { children });
}

/** One column under another type, as {@link convertBatch}. */
export function convertData(type: DataType, data: Data, convert: ConvertData): Data {
  if (type === data.type) return data;
  const isDictionary = DataType.isDictionary(type);
  if (!isDictionary && !type.children?.length) return convert(type, data);
  const children = isDictionary
    ? data.children
    : data.children.map((child, index) =>
        convertData((type.children[index] as Field).type, child, convert),
      );
  const dictionary = isDictionary
    ? convertDictionary(type.dictionary, data.dictionary, convert)
    : undefined;
  const { offset, length, nullCount } = data;
  // Declared as a list of buffers, but a Data in their place keeps the buffers as they are.
  return new Data(type, offset, length, nullCount, data as never, children, dictionary);
}

const converted = new WeakMap<ConvertData, WeakMap<Data, Data>>();

/** Kept for as long as the dictionary, so that batches go on sharing one. */
function convertDictionary(type: DataType, dictionary: Vector | undefined, convert: ConvertData) {
  if (!dictionary) return undefined;
  const known = converted.get(convert) ?? new WeakMap<Data, Data>();
  converted.set(convert, known);
  const chunks = dictionary.data.map((chunk: Data) => {
    const made = known.get(chunk) ?? convertData(type, chunk, convert);
    known.set(chunk, made);
    return made;
  });
  return new Vector(chunks);
}
