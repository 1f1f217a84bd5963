import { readThriftAt, type ThriftStruct, wire, writeThrift } from './thrift.js';
import { getField, getStructs, setField, setStructs, shiftField } from './thrift-fields.js';

// Ids of fields of RowGroup, ColumnChunk, OffsetIndex and PageLocation in parquet.thrift.
const rowGroup = { columns: 1 };
const kinds = {
  column: { offset: 6, length: 7 },
  offset: { offset: 4, length: 5 },
} as const;
const offsetIndex = { pages: 1 };
const pageLocation = { offset: 1 };

/** The page index of a row group: where the pages of each column chunk lie, and what they hold. */
export interface PageIndex {
  readonly column: readonly (Uint8Array | undefined)[];
  readonly offset: readonly (Uint8Array | undefined)[];
}

/**
 * The page index of a row group in a file where the bytes of the row group lie `delta` bytes later.
 *
 * @param file all bytes of the file; they are copied.
 */
export function takePageIndex(file: Uint8Array, group: ThriftStruct, delta: bigint): PageIndex {
  const chunks = getStructs(group, rowGroup.columns);
  const offset = chunks.map((chunk) => {
    const place = placeOf(chunk, 'offset');
    return place && moveOffsetIndex(readThriftAt(file, place.start).struct, delta);
  });
  const column = chunks.map((chunk) => {
    const place = placeOf(chunk, 'column');
    return place && file.slice(place.start, place.end);
  });
  return { column, offset };
}

/** Where the page index of a row group begins in its file; undefined if it has none. */
export function pageIndexStart(group: ThriftStruct): number | undefined {
  const starts = getStructs(group, rowGroup.columns).flatMap((chunk) =>
    (['column', 'offset'] as const).flatMap((kind) => placeOf(chunk, kind)?.start ?? []),
  );
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/**
 * The bytes of the page indexes of all row groups, as they stand before a footer, and the row groups
 * that say where they are.
 *
 * @param position where the bytes will begin.
 */
export function placePageIndexes(
  groups: readonly ThriftStruct[],
  indexes: readonly PageIndex[],
  position: number,
): { bytes: Uint8Array; groups: ThriftStruct[] } {
  const parts: Uint8Array[] = [];
  let at = position;
  let placed = [...groups];
  for (const kind of ['column', 'offset'] as const) {
    placed = placed.map((group, number) => {
      const chunks = getStructs(group, rowGroup.columns).map((chunk, leaf) => {
        const part = indexes[number]?.[kind][leaf];
        if (!part) return chunk;
        const { offset, length } = kinds[kind];
        const named = setField(chunk, offset, wire.int64, BigInt(at));
        parts.push(part);
        at += part.length;
        return setField(named, length, wire.int32, part.length);
      });
      return setStructs(group, rowGroup.columns, chunks);
    });
  }
  return { bytes: Buffer.concat(parts), groups: placed };
}

function placeOf(chunk: ThriftStruct, kind: keyof typeof kinds) {
  const start = Number(getField(chunk, kinds[kind].offset) ?? 0);
  const length = Number(getField(chunk, kinds[kind].length) ?? 0);
  return length > 0 ? { start, end: start + length } : undefined;
}

/** Pages are located in the whole file, and not in their chunk. */
function moveOffsetIndex(index: ThriftStruct, delta: bigint): Uint8Array {
  const pages = getStructs(index, offsetIndex.pages);
  const moved = pages.map((page) => shiftField(page, pageLocation.offset, delta));
  return writeThrift(setStructs(index, offsetIndex.pages, moved));
}
