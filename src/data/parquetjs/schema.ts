import { Field, Schema } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { assertGiven } from '../../options/given.js';
import { flatTypes, kindOfParquetType } from './kinds.js';

/** The part of a `ParquetSchema` of parquetjs-lite that says what its columns are. */
export interface ParquetJsSchema {
  readonly fieldList: readonly {
    readonly name: string;
    readonly primitiveType?: string;
    readonly originalType?: string;
    readonly repetitionType: string;
  }[];
}

/**
 * The Arrow schema of a `ParquetSchema`, such as `reader.getSchema()` gives or `writer.schema` is.
 *
 * @throws SchemaError naming the first column that is nested, repeated, or of a type other than
 *   INT32, INT64, FLOAT, DOUBLE, BOOLEAN, UTF8, DATE and BYTE_ARRAY.
 */
export function schemaOfParquetJs(schema: ParquetJsSchema): Schema {
  assertGiven(schema, 'schema', 'a ParquetSchema of parquetjs-lite');
  const fields = schema.fieldList.map(({ name, primitiveType, originalType, repetitionType }) => {
    const type = originalType ?? primitiveType ?? 'nested';
    const kind = repetitionType === 'REPEATED' ? undefined : kindOfParquetType(type);
    if (!kind) {
      throw new SchemaError(
        `column '${name}' of parquetjs-lite cannot become an Arrow column: ${repetitionType} ${type}. Leave it out, or read the file by readParquet`,
      );
    }
    return new Field(name, flatTypes[kind].arrowType(), repetitionType === 'OPTIONAL');
  });
  return new Schema(fields);
}
