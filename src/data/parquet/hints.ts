import { DataType, Schema } from 'apache-arrow';
import { arrowSchemaKey, decodeArrowSchema, encodeArrowSchema } from './arrow-schema.js';
import { unnameDates } from './dates.js';
import { isLeaf, leafTypes, replaceLeafTypes } from './leaves.js';
import { type ThriftStruct, wire } from './thrift.js';
import { getField, getStructs, setField, setStructs } from './thrift-fields.js';

// Ids of fields of FileMetaData, SchemaElement and KeyValue in parquet.thrift.
const file = { schema: 2, keyValues: 5 };
const element = { type: 1 };
const keyValue = { key: 1, value: 2 };

/** Physical types whose dictionaries the engine decodes. */
const numbers = [1, 2, 4, 5];
const byteArray = 6;

/**
 * The footer with an Arrow schema that the engine can follow.
 *
 * It fails, or worse, where that asks for a dictionary of booleans, of half floats, or of anything
 * in fixed-size bytes: those columns get plain values instead.
 */
export function usableHints(tree: ThriftStruct): ThriftStruct {
  const entries = getStructs(tree, file.keyValues);
  const index = entries.findIndex(
    (entry) => text(getField(entry, keyValue.key)) === arrowSchemaKey,
  );
  const schema = decodeArrowSchema(text(getField(entries[index] ?? [], keyValue.value)));
  if (!schema) return tree;
  const leaves = getStructs(tree, file.schema).filter(isLeaf);
  if (leaves.length !== leafTypes(schema.fields).length) return tree;
  let isSame = true;
  const fields = replaceLeafTypes(schema.fields, (type, leaf) => {
    const physical = getField(leaves[leaf] ?? [], element.type);
    if (!DataType.isDictionary(type) || isDecodable(type.dictionary, physical)) return type;
    isSame = false;
    return type.dictionary;
  });
  const dated = unnameDates(tree, schema);
  if (isSame) return dated;
  const value = Buffer.from(encodeArrowSchema(new Schema(fields, schema.metadata)));
  const changed = entries.with(
    index,
    setField(entries[index] ?? [], keyValue.value, wire.binary, value),
  );
  return setStructs(dated, file.keyValues, changed);
}

function isDecodable(values: DataType, physical: unknown): boolean {
  if (numbers.includes(physical as number)) return true;
  return physical === byteArray && !DataType.isDecimal(values);
}

function text(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : '';
}
