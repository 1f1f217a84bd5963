/**
 * The compact protocol of Apache Thrift, which Parquet footers are written in.
 *
 * Types are kept as they were read, so that a footer that is read, changed in one place and written
 * again is the same everywhere else, also in fields that this package knows nothing of.
 */
export type ThriftValue = boolean | number | bigint | Uint8Array | ThriftList | ThriftStruct;

export interface ThriftField {
  readonly id: number;
  readonly type: number;
  readonly value: ThriftValue;
}

export type ThriftStruct = readonly ThriftField[];

export interface ThriftList {
  readonly elementType: number;
  readonly items: readonly ThriftValue[];
}

/** Wire types. Integers of 16 and 32 bits are numbers, of 64 bits bigints, doubles raw bytes. */
export const wire = {
  true: 1,
  false: 2,
  int8: 3,
  int16: 4,
  int32: 5,
  int64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  struct: 12,
} as const;

/** Reads one struct. @throws RangeError or Error where the bytes are no such thing. */
export function readThrift(bytes: Uint8Array): ThriftStruct {
  return readThriftAt(bytes, 0).struct;
}

/** Reads the struct that starts at `start`, and says where it ends. @throws as `readThrift`. */
export function readThriftAt(
  bytes: Uint8Array,
  start: number,
): { struct: ThriftStruct; end: number } {
  let position = start;
  return { struct: readStruct(), end: position };

  function readByte(): number {
    const byte = bytes[position++];
    if (byte === undefined) throw new RangeError('thrift ended too early');
    return byte;
  }

  function readVarint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = readByte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
      if (shift > 63n) throw new RangeError('thrift integer is too long');
    }
  }

  function readSigned(): bigint {
    const value = readVarint();
    return (value >> 1n) ^ -(value & 1n);
  }

  function readBytes(length: number): Uint8Array {
    if (position + length > bytes.length) throw new RangeError('thrift bytes end too early');
    position += length;
    return bytes.subarray(position - length, position);
  }

  function readValue(type: number, inList: boolean): ThriftValue {
    if (type === wire.true || type === wire.false) return inList ? readByte() === 1 : type === 1;
    if (type === wire.int8) return readByte();
    if (type === wire.int16 || type === wire.int32) return Number(readSigned());
    if (type === wire.int64) return readSigned();
    if (type === wire.double) return readBytes(8);
    if (type === wire.binary) return readBytes(Number(readVarint()));
    if (type === wire.list || type === wire.set) return readList();
    if (type === wire.struct) return readStruct();
    throw new Error(`thrift type is unknown: ${type}`);
  }

  function readList(): ThriftList {
    const head = readByte();
    const length = head >> 4 === 15 ? Number(readVarint()) : head >> 4;
    if (length > bytes.length) throw new RangeError('thrift list is longer than its bytes');
    const elementType = head & 15;
    const items = Array.from({ length }, () => readValue(elementType, true));
    return { elementType, items };
  }

  function readStruct(): ThriftStruct {
    const fields: ThriftField[] = [];
    for (let id = 0; ; ) {
      const head = readByte();
      if (head === 0) return fields;
      const type = head & 15;
      id = head >> 4 ? id + (head >> 4) : Number(readSigned());
      fields.push({ id, type, value: readValue(type, false) });
    }
  }
}

/** Writes one struct: the inverse of {@link readThrift}. */
export function writeThrift(struct: ThriftStruct): Uint8Array {
  const chunks: Uint8Array[] = [];
  writeStruct(struct);
  return Buffer.concat(chunks);

  function writeVarint(value: bigint) {
    const out: number[] = [];
    for (let rest = value; ; rest >>= 7n) {
      if (rest < 128n) {
        out.push(Number(rest));
        break;
      }
      out.push(Number(rest & 127n) | 128);
    }
    chunks.push(Uint8Array.from(out));
  }

  function writeSigned(value: bigint) {
    writeVarint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
  }

  function writeValue(type: number, value: ThriftValue, inList: boolean) {
    if (typeof value === 'boolean') {
      if (inList) chunks.push(Uint8Array.of(value ? 1 : 2));
    } else if (type === wire.int8) chunks.push(Uint8Array.of(value as number));
    else if (typeof value === 'number' || typeof value === 'bigint') writeSigned(BigInt(value));
    else if (value instanceof Uint8Array) {
      if (type === wire.binary) writeVarint(BigInt(value.length));
      chunks.push(value);
    } else if ('items' in value) writeList(value);
    else writeStruct(value);
  }

  function writeList({ elementType, items }: ThriftList) {
    const short = items.length < 15;
    chunks.push(Uint8Array.of(((short ? items.length : 15) << 4) | elementType));
    if (!short) writeVarint(BigInt(items.length));
    for (const item of items) writeValue(elementType, item, true);
  }

  function writeStruct(fields: ThriftStruct) {
    let last = 0;
    for (const { id, type, value } of fields) {
      const delta = id - last;
      chunks.push(Uint8Array.of(((delta > 0 && delta < 16 ? delta : 0) << 4) | type));
      if (delta <= 0 || delta > 15) writeSigned(BigInt(id));
      writeValue(type, value, false);
      last = id;
    }
    chunks.push(Uint8Array.of(0));
  }
}
