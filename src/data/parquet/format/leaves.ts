import { DataType, type Field } from 'apache-arrow';
import type { ThriftStruct } from './thrift.js';
import { getField } from './thrift-fields.js';

const element = { type: 1, children: 5 };

/** The elements of Parquet's flat schema that have values. */
export function isLeaf(struct: ThriftStruct): boolean {
  return getField(struct, element.type) !== undefined;
}

/** The leaves below a field, or an element of Parquet's schema: the first, and the one after the last. */
export interface LeafSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The leaves below each element of Parquet's flat schema, which is a tree, parents first; undefined for
 * elements that nothing holds.
 */
export function elementSpans(elements: readonly ThriftStruct[]): (LeafSpan | undefined)[] {
  const spans = new Array<LeafSpan | undefined>(elements.length).fill(undefined);
  let [leaf, next] = [0, 0];
  const visit = (): void => {
    const index = next++;
    const struct = elements[index];
    if (!struct) return;
    const start = leaf;
    const children = isLeaf(struct) ? 0 : Number(getField(struct, element.children) ?? 0);
    if (isLeaf(struct)) leaf++;
    // The count may be a lie: no more are visited than there are.
    for (let child = 0; child < children && next < elements.length; child++) visit();
    spans[index] = { start, end: leaf };
  };
  visit();
  return spans;
}

/** Whether a field is one leaf of Parquet's schema: it has no members, or is a dictionary. */
export function isLeafType(type: DataType): boolean {
  return DataType.isDictionary(type) || !type.children?.length;
}

/** The types of a schema's leaves in the order of Parquet's; a dictionary is one leaf. */
export function leafTypes(fields: readonly Field[]): DataType[] {
  return fields.flatMap(({ type }) => (isLeafType(type) ? [type] : leafTypes(type.children)));
}

/** The fields with other types in place of their leaves', in the order of Parquet's. */
export function replaceLeafTypes(
  fields: readonly Field[],
  replace: (type: DataType, leaf: number) => DataType,
): Field[] {
  return mapFields(fields, (field, { start }) =>
    isLeafType(field.type) ? field.clone({ type: replace(field.type, start) }) : field,
  );
}

/** The fields, each as `change` makes it, members before their owner. */
export function mapFields(
  fields: readonly Field[],
  change: (field: Field, span: LeafSpan) => Field,
): Field[] {
  let leaf = 0;
  return fields.map(mapField);

  function mapField(field: Field): Field {
    const { type } = field;
    const start = leaf;
    if (isLeafType(type)) return change(field, { start, end: ++leaf });
    const children = type.children.map(mapField);
    const owner = field.clone({ type: Object.assign(Object.create(type), { children }) });
    return change(owner, { start, end: leaf });
  }
}
