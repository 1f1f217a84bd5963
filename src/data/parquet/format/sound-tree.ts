import { type ThriftStruct, type ThriftValue, wire } from './thrift.js';
import { getField, getStruct, getStructs, setField, setStructs } from './thrift-fields.js';

// Ids of fields of FileMetaData, SchemaElement, RowGroup, ColumnChunk, ColumnMetaData and KeyValue in
// parquet.thrift.
const file = { schema: 2, rowGroups: 4, keyValues: 5, createdBy: 6 };
const element = { type: 1, repetition: 3, children: 5, convertedType: 6, logicalType: 10 };
const rowGroup = { columns: 1 };
const chunk = { metadata: 3 };
const chunkMetadata = { dictionaryPage: 11 };

const required = 0;
const highestConvertedType = 21;
const highestLogicalType = 18;

/**
 * The footer with what some writers leave out, and readers fill in without a word: groups have no
 * type, leaves without a repetition are required, a dictionary at 0 is none, and names of types that
 * nobody knows name nothing. The same tree where nothing is to be mended.
 */
export function soundTree(tree: ThriftStruct): ThriftStruct {
  let isSame = true;
  const elements = getStructs(tree, file.schema).map((struct, index) =>
    noting(struct, soundElement(struct, index)),
  );
  const groups = getStructs(tree, file.rowGroups).map((group) => {
    const columns = getStructs(group, rowGroup.columns);
    const sound = columns.map(soundChunk);
    const changed = sound.some((column, k) => column !== columns[k]);
    return noting(group, changed ? setStructs(group, rowGroup.columns, sound) : group);
  });
  const entries = getStructs(tree, file.keyValues).map((entry) => noting(entry, soundTexts(entry)));
  const plain = noting(tree, soundTexts(tree, [file.createdBy]));
  if (isSame) return tree;
  const named = setStructs(setStructs(plain, file.schema, elements), file.rowGroups, groups);
  return entries.length > 0 ? setStructs(named, file.keyValues, entries) : named;

  function noting(before: ThriftStruct, after: ThriftStruct): ThriftStruct {
    isSame &&= before === after;
    return after;
  }
}

function soundElement(struct: ThriftStruct, index: number): ThriftStruct {
  const isGroup = index === 0 || Number(getField(struct, element.children) ?? 0) > 0;
  let sound = struct;
  if (isGroup && getField(struct, element.type) !== undefined) {
    sound = setField(sound, element.type, wire.int32, undefined);
  }
  if (index > 0 && getField(struct, element.repetition) === undefined) {
    sound = setField(sound, element.repetition, wire.int32, required);
  }
  const converted = getField(struct, element.convertedType);
  if (typeof converted === 'number' && (converted < 0 || converted > highestConvertedType)) {
    sound = setField(sound, element.convertedType, wire.int32, undefined);
  }
  const [logical] = getStruct(struct, element.logicalType);
  if (logical && logical.id > highestLogicalType) {
    sound = setField(sound, element.logicalType, wire.struct, undefined);
  }
  return sound;
}

function soundChunk(struct: ThriftStruct): ThriftStruct {
  const metadata = getStruct(struct, chunk.metadata);
  if (getField(metadata, chunkMetadata.dictionaryPage) !== 0n) return struct;
  const without = setField(metadata, chunkMetadata.dictionaryPage, wire.int64, undefined);
  return setField(struct, chunk.metadata, wire.struct, without);
}

/** Texts of other encodings than UTF-8, which the engine refuses, with a mark for what is none. */
function soundTexts(struct: ThriftStruct, ids?: readonly number[]): ThriftStruct {
  const sound = struct.map((field) => {
    if (!(field.value instanceof Uint8Array) || (ids && !ids.includes(field.id))) return field;
    return { ...field, value: soundText(field.value) };
  });
  return sound.every(({ value }, k) => value === struct[k]?.value) ? struct : sound;
}

function soundText(bytes: Uint8Array): ThriftValue {
  const text = Buffer.from(Buffer.from(bytes).toString('utf8'));
  return text.equals(bytes) ? bytes : text;
}
