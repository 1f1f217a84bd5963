import { DataType, Schema } from 'apache-arrow';
import { isLeaf, leafTypes, replaceLeafTypes } from '../format/leaves.js';
import { type ThriftStruct, wire } from '../format/thrift.js';
import { getField, getStructs, setField, setStructs } from '../format/thrift-fields.js';
import { arrowSchemaKey, decodeArrowSchema, encodeArrowSchema } from './arrow-schema.js';
import { unnameDates } from './dates.js';
import { millisecondType } from './seconds.js';

// Ids of fields of FileMetaData, SchemaElement and KeyValue in parquet.thrift.
const file = { schema: 2, keyValues: 5 };
const element = { type: 1, convertedType: 6, logicalType: 10 };
const keyValue = { key: 1, value: 2 };

/** Physical types whose dictionaries the engine decodes. */
const numbers = [1, 2, 4, 5];
const byteArray = 6;

/**
 * The footer with an Arrow schema that the engine can follow.
 *
 * It fails, or worse, where that asks for a dictionary of booleans, of half floats, or of anything
 * in fixed-size bytes: those columns get plain values instead. Where it asks for seconds of what
 * Parquet says are milliseconds, it asks for these instead.
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
    const own = leaves[leaf] ?? [];
    const kept = isNamed(own) ? millisecondType(type) : type;
    const isWrong =
      DataType.isDictionary(kept) && !isDecodable(kept.dictionary, getField(own, element.type));
    const usable = isWrong ? kept.dictionary : kept;
    isSame &&= usable === type;
    return usable;
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

/** The schema that Arrow writers keep in a footer, if it can be read. */
export function arrowSchemaOf(tree: ThriftStruct): Schema | undefined {
  const entry = getStructs(tree, file.keyValues).find(
    (each) => text(getField(each, keyValue.key)) === arrowSchemaKey,
  );
  return entry && decodeArrowSchema(text(getField(entry, keyValue.value)));
}

/** Whether Parquet says more of a leaf than its physical type. */
function isNamed(struct: ThriftStruct): boolean {
  return [element.logicalType, element.convertedType].some(
    (id) => getField(struct, id) !== undefined,
  );
}

function isDecodable(values: DataType, physical: unknown): boolean {
  if (numbers.includes(physical as number)) return true;
  return physical === byteArray && !DataType.isDecimal(values);
}

function text(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : '';
}
