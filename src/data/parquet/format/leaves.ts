import { DataType, type Field } from 'apache-arrow';
import type { ThriftStruct } from './thrift.js';
import { getField } from './thrift-fields.js';

const element = { type: 1 };

/** The elements of Parquet's flat schema that have values. */
export function isLeaf(struct: ThriftStruct): boolean {
  return getField(struct, element.type) !== undefined;
}

/** The types of a schema's leaves in the order of Parquet's; a dictionary is one leaf. */
export function leafTypes(fields: readonly Field[]): DataType[] {
  return fields.flatMap(({ type }) =>
    DataType.isDictionary(type) || !type.children?.length ? [type] : leafTypes(type.children),
  );
}

/** The fields with other types in place of their leaves', in the order of Parquet's. */
export function replaceLeafTypes(
  fields: readonly Field[],
  replace: (type: DataType, leaf: number) => DataType,
): Field[] {
  let leaf = 0;
  return fields.map(replaceField);

  function replaceField(field: Field): Field {
    const { type } = field;
    if (DataType.isDictionary(type) || !type.children?.length) {
      return field.clone({ type: replace(type, leaf++) });
    }
    const children = type.children.map(replaceField);
    return field.clone({ type: Object.assign(Object.create(type), { children }) });
  }
}
