import { type Data, DataType, type Field, Precision, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { nullData } from '../../data/gather/nulls.js';
import { columnBuilder } from '../../data/rows/build.js';
import { valuesOfData } from '../../data/rows/to-rows.js';
import { describeType } from '../../data/schema/describe.js';
import { DataError, SchemaError } from '../../errors.js';

/** How the columns of a stream and of a model go together, by name. */
export interface ColumnMatch {
  /** The model's columns, with the stream's metadata. */
  readonly learned: Schema;
  /** The stream's rows as the model knows them. @throws DataError for nulls that it does not know. */
  toLearned(batch: RecordBatch): RecordBatch;
  /**
   * Rows of the model in the stream's columns and types; null in columns that the model does not have.
   *
   * @throws DataError for a value that the stream's type does not hold.
   */
  toStream(batch: RecordBatch): RecordBatch;
}

/**
 * Matches a model's columns by name with those of a stream that has them in another order, beside
 * others that may be null, as plain or large texts or dictionaries of these, or in another width.
 *
 * @returns undefined where the stream lacks a column, or has one of a type that does not go with it.
 */
export function matchColumns(model: Schema, stream: Schema): ColumnMatch | undefined {
  const names = stream.names as string[];
  const places = model.fields.map(({ name }) => names.indexOf(name));
  const back = names.map((name) => (model.names as string[]).indexOf(name));
  const fits = model.fields.every((field, k) => {
    const own = stream.fields[places[k] as number];
    return own !== undefined && goesWith(own, field);
  });
  const mayLack = stream.fields.every(({ nullable }, k) => nullable || (back[k] as number) >= 0);
  if (!fits || !mayLack || new Set(names).size < names.length) return undefined;
  const learned = new Schema(model.fields, stream.metadata);
  return {
    learned,
    toLearned(batch) {
      const columns = model.fields.map((field, k) => {
        const data = batch.data.children[places[k] as number] as Data;
        if (field.nullable || data.nullCount === 0) return convert(field, data);
        throw new DataError(
          `column '${field.name}' has nulls, and had none where the model was trained. Leave these rows out, or use a model of such data`,
        );
      });
      return makeBatch(learned, columns, batch.numRows);
    },
    toStream(batch) {
      const columns = stream.fields.map((field, k) => {
        const data = batch.data.children[back[k] as number];
        return data ? convert(field, data) : nullData(field.type, batch.numRows);
      });
      return makeBatch(stream, columns, batch.numRows);
    },
  };
}

/** Whether values of each field may be said in the other's type: one by one, exactly or not at all. */
function goesWith(stream: Field, model: Field): boolean {
  if (describeType(stream.type) === describeType(model.type)) return true;
  const [a, b] = [valueType(stream.type), valueType(model.type)];
  const areAlike =
    (isText(a) && isText(b)) ||
    (DataType.isInt(a) && DataType.isInt(b)) ||
    (isWideFloat(a) && isWideFloat(b));
  return areAlike && isBuilt(stream) && isBuilt(model);
}

function valueType(type: DataType): DataType {
  return DataType.isDictionary(type) ? type.dictionary : type;
}

function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

function isWideFloat(type: DataType): boolean {
  return DataType.isFloat(type) && type.precision !== Precision.HALF;
}

function isBuilt(field: Field): boolean {
  try {
    columnBuilder(field, true);
    return true;
  } catch (error) {
    if (error instanceof SchemaError) return false;
    throw error;
  }
}

function convert(field: Field, data: Data): Data {
  if (describeType(data.type) !== describeType(field.type)) {
    const place = { name: field.name, told: true, rowOf: (row: number) => row };
    return columnBuilder(field, true)(valuesOfData(data), place);
  }
  if (field.nullable || data.nullCount === 0) return data;
  throw new DataError(
    `column '${field.name}' allows no null, and the model makes some. Make the column nullable, or use a model of such data`,
  );
}
