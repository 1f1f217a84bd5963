import { type Data, DataType, Type, type Union, UnionMode } from 'apache-arrow';
import { bytesAt } from '../gather/view.js';
import type { ByteBuffer } from './byte-buffer.js';

/** Writes one cell of a column. */
export type CellWriter = (row: number, target: ByteBuffer) => void;

/**
 * Writes cells by their content: a mark of null or not, then the bytes of the value, with a count
 * before what varies in length. Equal cells give equal bytes, whatever lies in the buffers besides:
 * offsets, unused bytes under nulls, the order of a dictionary.
 */
export function createCellWriter(data: Data): CellWriter {
  if (DataType.isNull(data.type)) return (_, target) => target.byte(0);
  if (DataType.isUnion(data.type)) return unionWriter(data as Data<Union>);
  const write = valueWriter(data);
  if (!(data.nullCount > 0 && data.nullBitmap?.byteLength > 0)) {
    return (row, target) => {
      target.byte(1);
      write(row, target);
    };
  }
  const { nullBitmap, offset } = data;
  return (row, target) => {
    const valid = bitAt(nullBitmap, offset + row);
    target.byte(valid);
    if (valid) write(row, target);
  };
}

function valueWriter(data: Data): CellWriter {
  const { type, valueOffsets, children } = data;
  switch (type.typeId) {
    case Type.Bool:
      return (row, target) => target.byte(bitAt(data.values, data.offset + row));
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary:
      return bytesWriter(data);
    case Type.Utf8View:
    case Type.BinaryView:
      return (row, target) => {
        const bytes = bytesAt(data, row);
        target.count(bytes.length);
        target.bytes(bytes, 0, bytes.length);
      };
    case Type.List:
    case Type.LargeList:
    case Type.Map:
      return itemsWriter(
        children[0] as Data,
        (row) => Number(valueOffsets[row]),
        (row) => Number(valueOffsets[row + 1]),
      );
    case Type.FixedSizeList:
      return itemsWriter(
        children[0] as Data,
        (row) => row * data.stride,
        (row) => (row + 1) * data.stride,
      );
    case Type.Struct: {
      const members = children.map(createCellWriter);
      return (row, target) => {
        for (const write of members) write(row, target);
      };
    }
    case Type.Dictionary:
      return dictionaryWriter(data);
    default: {
      const bytes = plainBytes(data.values);
      const width = data.values.BYTES_PER_ELEMENT * data.stride;
      return (row, target) => target.bytes(bytes, row * width, (row + 1) * width);
    }
  }
}

function bytesWriter({ values, valueOffsets }: Data): CellWriter {
  const bytes = plainBytes(values);
  return (row, target) => {
    const [start, end] = [Number(valueOffsets[row]), Number(valueOffsets[row + 1])];
    target.count(end - start);
    target.bytes(bytes, start, end);
  };
}

function itemsWriter(
  items: Data,
  startOf: (row: number) => number,
  endOf: (row: number) => number,
): CellWriter {
  const write = createCellWriter(items);
  return (row, target) => {
    const [start, end] = [startOf(row), endOf(row)];
    target.count(end - start);
    for (let item = start; item < end; item++) write(item, target);
  };
}

function dictionaryWriter(data: Data): CellWriter {
  const chunks = (data.dictionary?.data ?? []).map((chunk) => ({
    length: chunk.length,
    write: createCellWriter(chunk),
  }));
  return (row, target) => {
    let place = Number(data.values[row]);
    for (const { length, write } of chunks) {
      if (place < length) return write(place, target);
      place -= length;
    }
  };
}

function unionWriter(data: Data<Union>): CellWriter {
  const { type, typeIds, valueOffsets } = data;
  const members = data.children.map(createCellWriter);
  return (row, target) => {
    const id = typeIds[row] as number;
    const member = members[type.typeIdToChildIndex[id] as number];
    target.byte(id);
    member?.(type.mode === UnionMode.Dense ? (valueOffsets[row] as number) : row, target);
  };
}

function bitAt(bits: Uint8Array, index: number): number {
  return ((bits[index >> 3] as number) >> (index & 7)) & 1;
}

function plainBytes(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
