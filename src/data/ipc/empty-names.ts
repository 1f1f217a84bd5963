import { DataType, Field, Schema } from 'apache-arrow';

/**
 * The schema with '' for names that were left out, down to the leaves; the same one if all are there.
 *
 * arrow-js gives null for them, and some writers, itself among them, leave out empty names.
 */
export function withEmptyNames(schema: Schema): Schema {
  return mapNames(schema, (name) => (name ?? '') as string);
}

/**
 * The schema such that arrow-js's encoder writes empty names, too, which it would leave out: not all
 * readers can do without them. For the encoder alone: these names are bytes.
 */
export function withWrittenNames(schema: Schema): Schema {
  return mapNames(schema, (name) => (name === '' ? (new Uint8Array() as never) : name));
}

function mapNames(schema: Schema, change: (name: string) => string): Schema {
  const fields = schema.fields.map(mapField);
  if (fields.every((field, k) => field === schema.fields[k])) return schema;
  return new Schema(fields, schema.metadata, schema.dictionaries, schema.metadataVersion);

  function mapField(field: Field): Field {
    const name = change(field.name);
    const type = mapType(field.type);
    if (type === field.type && name === field.name) return field;
    return new Field(name, type, field.nullable, field.metadata);
  }

  function mapType(type: DataType): DataType {
    if (DataType.isDictionary(type)) {
      const dictionary = mapType(type.dictionary);
      return dictionary === type.dictionary ? type : derive(type, { dictionary });
    }
    const children: Field[] | undefined = type.children?.map(mapField);
    const isSame = children?.every((child, k) => child === type.children[k]) ?? true;
    return isSame ? type : derive(type, { children });
  }
}

/** The same type with other parts; its constructor is not known. */
function derive(type: DataType, parts: object): DataType {
  return Object.assign(Object.create(type), parts);
}
