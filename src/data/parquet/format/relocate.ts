import { type ThriftStruct, wire } from './thrift.js';
import {
  getField,
  getStruct,
  getStructs,
  setField,
  setStructs,
  shiftField,
} from './thrift-fields.js';

// Ids of the fields of parquet.thrift that hold positions in the file.
const chunk = { fileOffset: 2, metadata: 3, offsetIndex: 4, columnIndex: 6 };
const chunkMetadata = { dataPage: 9, indexPage: 10, dictionaryPage: 11, bloomFilter: 14 };
const rowGroup = { columns: 1, fileOffset: 5, ordinal: 7 };

/** A column chunk as it is described in a file where its bytes lie `delta` bytes later; not its index. */
export function moveChunk(struct: ThriftStruct, delta: bigint): ThriftStruct {
  let metadata = getStruct(struct, chunk.metadata);
  for (const id of Object.values(chunkMetadata)) {
    // Some writers say 0 for 'there is none'.
    if (getField(metadata, id) !== 0n) metadata = shiftField(metadata, id, delta);
  }
  const moved = setField(struct, chunk.metadata, wire.struct, metadata);
  if (getField(moved, chunk.fileOffset) === 0n) return moved;
  return shiftField(moved, chunk.fileOffset, delta);
}

/** A column chunk without its page index and Bloom filter, which lie elsewhere in the file. */
export function withoutIndexes(struct: ThriftStruct): ThriftStruct {
  const metadata = getStruct(struct, chunk.metadata).filter(({ id }) => id !== 14 && id !== 15);
  const kept = struct.filter(({ id }) => id < chunk.offsetIndex || id > chunk.columnIndex + 1);
  return setField(kept, chunk.metadata, wire.struct, metadata);
}

/** A row group as it is described in a file where its bytes lie `delta` bytes later, without indexes. */
export function moveRowGroup(struct: ThriftStruct, delta: bigint, ordinal: number): ThriftStruct {
  const columns = getStructs(struct, rowGroup.columns).map((column) =>
    withoutIndexes(moveChunk(column, delta)),
  );
  const moved = shiftField(
    setStructs(struct, rowGroup.columns, columns),
    rowGroup.fileOffset,
    delta,
  );
  // The ordinal has 16 bits; it is optional.
  const kept = ordinal < 2 ** 15 ? ordinal : undefined;
  return setField(moved, rowGroup.ordinal, wire.int16, kept);
}
