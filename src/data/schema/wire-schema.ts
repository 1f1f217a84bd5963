import { type DataType, Dictionary, type Field, Schema } from 'apache-arrow';
import { withClosingMetadata } from '../files/closing-metadata.js';

/**
 * The schema as it is written: its dictionaries numbered 0, 1, 2, … in order of the columns.
 *
 * arrow-js numbers dictionaries by a counter of the process, so that equal data gave other bytes
 * each time, and it refuses two columns that share a number but not a dictionary.
 */
export function wireSchema(schema: Schema): Schema {
  let next = 0;
  return withClosingMetadata(schema, new Schema(schema.fields.map(numberField), schema.metadata));

  function numberField(field: Field): Field {
    return field.clone({ type: numberType(field.type) });
  }

  function numberType(type: DataType): DataType {
    if (type instanceof Dictionary) {
      const id = next++;
      // Values of a dictionary may have dictionaries of their own.
      return new Dictionary(numberType(type.dictionary), type.indices, id, type.isOrdered);
    }
    if (!type.children?.length) return type;
    const children = type.children.map(numberField);
    return Object.assign(Object.create(type), { children });
  }
}
