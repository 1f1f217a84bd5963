import { gzipSync } from 'node:zlib';
import { type ThriftField, wire, writeThrift } from '../../../src/data/parquet/format/thrift.js';

/** A column of one page as it stands in a file, true or not. */
export interface Column {
  /** Numbers of parquet.thrift. */
  readonly type: number;
  readonly encoding: number;
  /** Values that the page and the file claim, nulls among them. */
  readonly values: number;
  readonly isOptional?: boolean;
  readonly width?: number;
  /** The page's bytes, levels among them. */
  readonly body: Uint8Array;
}

/** A Parquet file of one column, whose page is compressed with gzip. */
export function oneColumnFile({ type, encoding, values, isOptional, width, body }: Column): Buffer {
  const gzip = 2;
  const packed = gzipSync(body);
  const header = writeThrift([
    int32(1, 0),
    int32(2, body.length),
    int32(3, packed.length),
    struct(5, [int32(1, values), int32(2, encoding), int32(3, 3), int32(4, 3)]),
  ]);
  const page = Buffer.concat([header, packed]);
  const metadata = [
    int32(1, type),
    list(2, wire.int32, [encoding]),
    list(3, wire.binary, [Buffer.from('x')]),
    int32(4, gzip),
    int64(5, values),
    int64(6, header.length + body.length),
    int64(7, page.length),
    int64(9, 4),
  ];
  const group = [
    list(1, wire.struct, [[int64(2, 4), struct(3, metadata)]]),
    int64(2, header.length + body.length),
    int64(3, values),
  ];
  const root = [text(4, 'schema'), int32(5, 1)];
  const widths = width === undefined ? [] : [int32(2, width)];
  const leaf = [int32(1, type), ...widths, int32(3, isOptional ? 1 : 0), text(4, 'x')];
  const footer = writeThrift([
    int32(1, 1),
    list(2, wire.struct, [root, leaf]),
    int64(3, values),
    list(4, wire.struct, [group]),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([Buffer.from('PAR1'), page, footer, length, Buffer.from('PAR1')]);
}

/** Integers as DELTA_BINARY_PACKED, in blocks of 128. */
export function encodeDeltas(values: readonly number[]): Buffer {
  const [block, parts] = [128, 4];
  const bytes: number[] = [...varint(block), ...varint(parts), ...varint(values.length)];
  bytes.push(...varint(zigzag(values[0] ?? 0)));
  const deltas = values.slice(1).map((value, k) => value - (values[k] as number));
  for (let start = 0; start < deltas.length; start += block) {
    const own = deltas.slice(start, start + block);
    const smallest = Math.min(...own);
    const pieces = Array.from({ length: parts }, (_, k) =>
      own.slice((k * block) / parts, ((k + 1) * block) / parts).map((delta) => delta - smallest),
    );
    const widths = pieces.map((piece) => bitsOf(Math.max(0, ...piece)));
    bytes.push(...varint(zigzag(smallest)), ...widths);
    for (const [k, piece] of pieces.entries()) {
      if (piece.length > 0) bytes.push(...packBits(piece, widths[k] as number, block / parts));
    }
  }
  return Buffer.from(bytes);
}

/** The start of DELTA_BINARY_PACKED integers that are all 0: so many are claimed, in one block. */
export function claimDeltas(count: number): Buffer {
  return Buffer.from([...varint(2 ** 30), ...varint(1), ...varint(count), 0, 0, 0]);
}

/** Definition levels that say of all values that they are null, of a page of version 1. */
export function allNull(values: number): Buffer {
  const run = [...varint(values * 2), 0];
  return Buffer.from([run.length, 0, 0, 0, ...run]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

const zigzag = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);
const bitsOf = (value: number) => (value === 0 ? 0 : Math.floor(Math.log2(value)) + 1);

function packBits(values: readonly number[], width: number, count: number): Uint8Array {
  const bytes = new Uint8Array((count * width) / 8);
  for (const [k, value] of values.entries()) {
    for (let bit = 0; bit < width; bit++) {
      const at = k * width + bit;
      const isSet = Math.floor(value / 2 ** bit) % 2;
      bytes[at >> 3] = (bytes[at >> 3] as number) | (isSet << (at & 7));
    }
  }
  return bytes;
}

const int32 = (id: number, value: number): ThriftField => ({ id, type: wire.int32, value });
const int64 = (id: number, value: number): ThriftField => ({
  id,
  type: wire.int64,
  value: BigInt(value),
});
const text = (id: number, value: string): ThriftField => ({
  id,
  type: wire.binary,
  value: Buffer.from(value),
});
const struct = (id: number, value: readonly ThriftField[]): ThriftField => ({
  id,
  type: wire.struct,
  value,
});
const list = (id: number, elementType: number, items: readonly never[] | readonly unknown[]) =>
  ({ id, type: wire.list, value: { elementType, items } }) as ThriftField;
