import { type Data, type Field, type RecordBatch, Schema } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { nullData } from '../../data/gather/nulls.js';
import { describeField } from '../../data/schema/describe.js';
import { DataError } from '../../errors.js';
import { areConvertible, convertColumn } from './convert-column.js';

/** How the columns of a stream and of a model go together, by name. */
export interface ColumnMatch {
  /** The model's columns, nullable where the stream's are, with the stream's metadata. */
  readonly learned: Schema;
  /** The stream's rows as the model knows them. @throws DataError for a value that it cannot know. */
  toLearned(batch: RecordBatch): RecordBatch;
  /**
   * Rows of the model in the stream's columns and types; null in columns that the model does not have.
   *
   * @throws DataError for a value that the stream's type does not hold.
   */
  toStream(batch: RecordBatch): RecordBatch;
}

/**
 * Why a stream does not have a model's columns, a sentence a column; none where they match by name: in
 * another order, beside others that may be null, nullable or not, and in other types that hold the same
 * values.
 */
export function findMismatches(model: Schema, stream: Schema): string[] {
  const names = stream.names as string[];
  const known = new Set(model.names as string[]);
  const twice = names.filter((name, k) => names.indexOf(name) < k);
  const needed = stream.fields.filter(({ name, nullable }) => !nullable && !known.has(name));
  return [
    ...model.fields.flatMap((field) => {
      const own = stream.fields[names.indexOf(field.name)];
      if (!own) return [`column '${field.name}' is missing`];
      if (areConvertible(own.type, field.type)) return [];
      return [`column '${field.name}' was (${describeField(field)}), is (${describeField(own)})`];
    }),
    ...needed.map(({ name }) => `column '${name}' is new, and allows no null`),
    ...new Set(twice.map((name) => `column '${name}' is there twice`)),
  ];
}

/** Matches a model's columns with those of a stream, of which {@link findMismatches} finds none. */
export function matchColumns(model: Schema, stream: Schema): ColumnMatch {
  const names = stream.names as string[];
  const places = model.fields.map(({ name }) => names.indexOf(name));
  const back = names.map((name) => (model.names as string[]).indexOf(name));
  const fields = model.fields.map((field, k) => {
    const isNullable = field.nullable || (stream.fields[places[k] as number] as Field).nullable;
    return isNullable === field.nullable ? field : field.clone({ nullable: isNullable });
  });
  const learned = new Schema(fields, stream.metadata);
  return {
    learned,
    toLearned(batch) {
      const columns = fields.map((field, k) => {
        const data = batch.data.children[places[k] as number] as Data;
        return convertColumn(field, data, (value, type) => {
          return new DataError(
            `column '${field.name}' does not go with the model: ${value} is no ${type}, which it was in training. Leave such rows out, or use a model of such data`,
          );
        });
      });
      return makeBatch(learned, columns, batch.numRows);
    },
    toStream(batch) {
      const columns = stream.fields.map((field, k) => {
        const data = batch.data.children[back[k] as number];
        return data ? ofStream(field, data) : nullData(field.type, batch.numRows);
      });
      return makeBatch(stream, columns, batch.numRows);
    },
  };
}

/** A column of synthetic rows in the stream's type. */
function ofStream(field: Field, data: Data): Data {
  if (!field.nullable && data.nullCount > 0) {
    throw new DataError(
      `column '${field.name}' allows no null, and the model makes some. Make the column nullable, or use a model of such data`,
    );
  }
  return convertColumn(field, data, (value, type) => {
    return new DataError(
      `column '${field.name}' cannot hold what the model makes: ${value} is no ${type}. Give the column a wider type, or use a model of such data`,
    );
  });
}
