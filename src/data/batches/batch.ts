import {
  type Data,
  DataType,
  type Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Vector,
} from 'apache-arrow';
import { assertGiven } from '../../options/given.js';

/**
 * A batch that has this very `schema` object.
 *
 * `new RecordBatch(schema, data)` makes a copy of the schema, and a wrong one where two columns
 * have one name.
 */
export function makeBatch(schema: Schema, columns: readonly Data[], rows: number): RecordBatch {
  assertGiven(schema, 'schema', 'a Schema');
  assertGiven(columns, 'columns', 'an array of Data');
  const batch = new RecordBatch(new Schema([]), structOf([], [], rows));
  return Object.assign(batch, { schema, data: structOf(schema.fields, columns, rows) });
}

/**
 * The same rows under another schema object with the same columns, without a copy of the values.
 *
 * Types down to the leaves become those of `schema`, so that ids of dictionaries agree.
 */
export function rebindBatch(schema: Schema, batch: RecordBatch): RecordBatch {
  if (batch.schema === schema) return batch;
  const columns = schema.fields.map((field, index) =>
    rebindData(field.type, batch.data.children[index] as Data),
  );
  return makeBatch(schema, columns, batch.numRows);
}

function rebindData(type: DataType, data: Data): Data {
  if (data.type === type) return data;
  const children = data.children.map((child, index) =>
    rebindData((type.children[index] as Field).type, child),
  );
  const { offset, length, nullCount } = data;
  // Declared as a list of buffers, but a Data in their place keeps the buffers as they are.
  const bound = data.clone(type, offset, length, nullCount, data as never, children);
  if (!DataType.isDictionary(type) || !data.dictionary || !hasDictionary(type.dictionary)) {
    return bound;
  }
  return Object.assign(bound, { dictionary: rebindDictionary(type.dictionary, data.dictionary) });
}

/** Dictionaries within dictionaries, by what they were: batches go on sharing one. */
const bound = new WeakMap<DataType, WeakMap<Data, Data>>();

function rebindDictionary(type: DataType, dictionary: Vector): Vector {
  const known = bound.get(type) ?? new WeakMap<Data, Data>();
  bound.set(type, known);
  const chunks = dictionary.data.map((chunk: Data) => {
    const made = known.get(chunk) ?? rebindData(type, chunk);
    known.set(chunk, made);
    return made;
  });
  return new Vector(chunks);
}

function hasDictionary(type: DataType): boolean {
  return (
    DataType.isDictionary(type) || (type.children ?? []).some((child) => hasDictionary(child.type))
  );
}

function structOf(fields: Field[], children: readonly Data[], length: number) {
  return makeData({
    type: new Struct(fields),
    length,
    nullCount: 0,
    children: children as Data[],
  });
}
