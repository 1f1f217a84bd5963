import { DataType, FixedSizeBinary, Schema } from 'apache-arrow';
import { isLeaf, leafTypes, replaceLeafTypes } from '../format/leaves.js';
import { type ThriftStruct, wire } from '../format/thrift.js';
import { getField, getStructs, setField, setStructs } from '../format/thrift-fields.js';
import { arrowSchemaKey, decodeArrowSchema, encodeArrowSchema } from './arrow-schema.js';
import { dayType } from './dates.js';
import { isInterval } from './elements.js';
import { intervalBytes } from './interval-bytes.js';
import { millisecondType } from './seconds.js';

// Ids of fields of FileMetaData, SchemaElement and KeyValue in parquet.thrift.
const file = { schema: 2, keyValues: 5 };
const element = { type: 1, convertedType: 6, logicalType: 10 };
const keyValue = { key: 1, value: 2 };

/** Physical types whose dictionaries the engine decodes. */
const numbers = [1, 2, 4, 5];
const int32 = 1;
const byteArray = 6;

/**
 * The footer with an Arrow schema that the engine can follow.
 *
 * It fails, or worse, where that asks for a dictionary of booleans, of half floats, or of anything
 * in fixed-size bytes: those columns get plain values instead. Where it asks for seconds of what
 * Parquet says are milliseconds, or for milliseconds of what are days, it asks for these instead; and
 * for the bytes of intervals. `restoredSchema` has them back.
 */
export function usableHints(written: ThriftStruct): ThriftStruct {
  const tree = plainIntervals(written);
  const schema = arrowSchemaOf(tree);
  if (!schema) return tree;
  const leaves = getStructs(written, file.schema).filter(isLeaf);
  if (leaves.length !== leafTypes(schema.fields).length) return tree;
  let isSame = true;
  const fields = replaceLeafTypes(schema.fields, (type, leaf) => {
    const usable = usableType(type, leaves[leaf] ?? []);
    isSame &&= usable === type;
    return usable;
  });
  return isSame ? tree : withArrowSchema(tree, new Schema(fields, schema.metadata));
}

function usableType(type: DataType, own: ThriftStruct): DataType {
  if (isInterval(own)) return new FixedSizeBinary(intervalBytes);
  const named = isNamed(own) ? millisecondType(type) : type;
  const physical = getField(own, element.type);
  const kept = physical === int32 ? dayType(named) : named;
  const isWrong = DataType.isDictionary(kept) && !isDecodable(kept.dictionary, physical);
  return isWrong ? kept.dictionary : kept;
}

/** Without the name of intervals: of these the engine keeps days and milliseconds, or months, alone. */
function plainIntervals(tree: ThriftStruct): ThriftStruct {
  const elements = getStructs(tree, file.schema);
  if (!elements.some(isInterval)) return tree;
  const plain = elements.map((struct) =>
    isInterval(struct) ? setField(struct, element.convertedType, wire.int32, undefined) : struct,
  );
  return setStructs(tree, file.schema, plain);
}

/** The footer with another schema for the engine to follow. */
export function withArrowSchema(tree: ThriftStruct, schema: Schema): ThriftStruct {
  const others = getStructs(tree, file.keyValues).filter(
    (entry) => text(getField(entry, keyValue.key)) !== arrowSchemaKey,
  );
  const entry: ThriftStruct = [
    { id: keyValue.key, type: wire.binary, value: Buffer.from(arrowSchemaKey) },
    { id: keyValue.value, type: wire.binary, value: Buffer.from(encodeArrowSchema(schema)) },
  ];
  return setStructs(tree, file.keyValues, [...others, entry]);
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
