import { DataType, type Field, IntervalUnit, Schema } from 'apache-arrow';
import { elementSpans, isLeaf, isLeafType, type LeafSpan, mapFields } from '../format/leaves.js';
import { type ThriftStruct, wire } from '../format/thrift.js';
import { getStructs, setField, setStructs } from '../format/thrift-fields.js';
import { extensionKey, metadataOf, nameElement } from './extensions.js';

// Ids of fields of FileMetaData and SchemaElement in parquet.thrift.
const file = { schema: 2 };
const element = { convertedType: 6 };
const interval = 21;

/**
 * The schema with metadata for those of Parquet's logical types that Arrow has no type for, such as
 * UUID, JSON and geometries, so that they are written again. The same one if there are none.
 *
 * @param elements of the footer's schema.
 */
export function namedSchema(schema: Schema, elements: readonly ThriftStruct[]): Schema {
  const spans = elementSpans(elements);
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (const [index, struct] of elements.entries()) {
    const [span, metadata] = [spans[index], index === 0 ? undefined : metadataOf(struct)];
    if (metadata && span) found.set(keyOf(span, isLeaf(struct)), metadata);
  }
  if (found.size === 0) return schema;
  const fields = mapFields(schema.fields, (field, span) => {
    const metadata = mayBeNamed(field) ? found.get(keyOf(span, isLeafType(field.type))) : undefined;
    if (!metadata || field.metadata.has(extensionKey)) return field;
    return field.clone({ metadata: new Map([...field.metadata, ...Object.entries(metadata)]) });
  });
  return new Schema(fields, schema.metadata);
}

/** The footer with the logical types that the engine does not write: the inverse of the above. */
export function nameTypes(tree: ThriftStruct, schema: Schema): ThriftStruct {
  const named = new Map<string, Field>();
  mapFields(schema.fields, (field, span) => {
    if (mayBeNamed(field)) named.set(keyOf(span, isLeafType(field.type)), field);
    return field;
  });
  const elements = getStructs(tree, file.schema);
  const spans = elementSpans(elements);
  // Of groups that hold one another alone, the innermost is the one that has members.
  const keys = elements.map((struct, k) => keyOf(spans[k] as LeafSpan, isLeaf(struct)));
  const last = new Map(keys.map((key, k) => [key, k]));
  const changed = elements.map((struct, index) => {
    const key = keys[index] as string;
    const field = last.get(key) === index ? named.get(key) : undefined;
    if (!field) return struct;
    if (isMonthDayNano(field.type)) {
      return setField(struct, element.convertedType, wire.int32, interval);
    }
    return nameElement(struct, field.metadata);
  });
  return setStructs(tree, file.schema, changed);
}

/** Leaves may be, and the structs that are variants. */
function mayBeNamed({ type }: Field): boolean {
  if (isLeafType(type)) return true;
  return DataType.isStruct(type) && type.children.some(({ name }) => name === 'metadata');
}

function isMonthDayNano(type: DataType): boolean {
  return DataType.isInterval(type) && type.unit === IntervalUnit.MONTH_DAY_NANO;
}

function keyOf({ start, end }: LeafSpan, leaf: boolean): string {
  return leaf ? `leaf ${start}` : `${start} to ${end}`;
}
