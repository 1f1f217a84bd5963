import { type Data, DataType, type RecordBatch, Type, UnionMode } from 'apache-arrow';

/** Rows as plain values in which every bit counts: bytes as hexadecimal, null as null. */
export function exactRows(batches: readonly RecordBatch[]): unknown[][] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row) =>
      batch.data.children.map((column) => exactValue(column, row)),
    ),
  );
}

/** One value, read by a way of its own: `get` of arrow-js rounds nanoseconds and knows one NaN. */
export function exactValue(data: Data, row: number): unknown {
  const { type, values, valueOffsets, children } = data;
  if (DataType.isNull(type)) return null;
  if (DataType.isUnion(type)) {
    const typeId = data.typeIds[row] as number;
    const child = children[type.typeIdToChildIndex[typeId] as number] as Data;
    const at = type.mode === UnionMode.Dense ? Number(valueOffsets[row]) : row;
    return { [typeId]: exactValue(child, at) };
  }
  if (!isValid(data, row)) return null;
  const range = () => [Number(valueOffsets[row]), Number(valueOffsets[row + 1])] as const;
  const items = (start: number, end: number) =>
    Array.from({ length: end - start }, (_, k) => exactValue(children[0] as Data, start + k));
  switch (type.typeId) {
    case Type.Bool:
      return bit(values, data.offset + row);
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary:
      return hex(values, ...range());
    case Type.Utf8View:
    case Type.BinaryView:
      return viewBytes(data, row);
    case Type.List:
    case Type.LargeList:
    case Type.Map:
      return items(...range());
    case Type.FixedSizeList:
      return items(row * data.stride, (row + 1) * data.stride);
    case Type.Struct:
      return children.map((child) => exactValue(child, row));
    case Type.Dictionary:
      return dictionaryValue(data, Number(values[row]));
    default: {
      const width = values.BYTES_PER_ELEMENT * data.stride;
      return hex(values, row * width, (row + 1) * width);
    }
  }
}

function dictionaryValue({ dictionary }: Data, index: number): unknown {
  let before = 0;
  for (const chunk of dictionary?.data ?? []) {
    if (index < before + chunk.length) return exactValue(chunk, index - before);
    before += chunk.length;
  }
  return `index ${index} is outside the dictionary`;
}

function isValid(data: Data, row: number): boolean {
  const hasNulls = data.nullCount > 0 && data.nullBitmap?.byteLength > 0;
  return !hasNulls || bit(data.nullBitmap, data.offset + row);
}

function bit(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] as number) & (1 << (index % 8))) !== 0;
}

function hex(array: ArrayBufferView, start: number, end: number): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('hex', start, end);
}

function viewBytes(data: Data, row: number): string {
  const { buffer, byteOffset } = data.values as Uint8Array;
  const view = new DataView(buffer, byteOffset + row * 16, 16);
  const size = view.getInt32(0, true);
  if (size <= 12) return hex(view, 4, 4 + size);
  const start = view.getInt32(12, true);
  return hex(data.variadicBuffers[view.getInt32(8, true)] as Uint8Array, start, start + size);
}
