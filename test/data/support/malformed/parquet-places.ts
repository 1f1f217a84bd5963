import { parquetMetadata } from 'hyparquet';
import {
  readThrift,
  type ThriftField,
  type ThriftStruct,
  type ThriftValue,
  writeThrift,
} from '../../../../src/data/parquet/format/thrift.js';
import type { Random } from '../../../../src/random.js';
import type { Place } from './mutate.js';
import { pickFrom } from './pick.js';

const trailerBytes = 8;

/** The footer with its length, and the first bytes of each column chunk: page headers. */
export function parquetPlaces(bytes: Buffer): Place[] {
  const footer = { start: footerStart(bytes), end: bytes.length - trailerBytes };
  return [footer, footer, ...pageHeaderPlaces(bytes)];
}

/** Rows that the footer says the file has; undefined if it cannot be read. */
export function claimedParquetRows(bytes: Buffer): number | undefined {
  try {
    return Number(parquetMetadata(toArrayBuffer(bytes)).num_rows);
  } catch {
    return undefined;
  }
}

/** Where the first pages of the column chunks start. */
export function pageHeaderPlaces(bytes: Buffer): Place[] {
  return parquetMetadata(toArrayBuffer(bytes)).row_groups.flatMap(({ columns }) =>
    columns.flatMap(({ meta_data }) => {
      const places = [meta_data?.data_page_offset, meta_data?.dictionary_page_offset];
      return places.flatMap((place) => {
        const start = Number(place ?? 0);
        return start > 0 ? [{ start, end: Math.min(start + 24, bytes.length) }] : [];
      });
    }),
  );
}

/** A footer with one number, length or text changed, its own length as it should be. */
export function lieInFooter(bytes: Buffer, random: Random): Buffer | undefined {
  try {
    const start = footerStart(bytes);
    const tree = lieIn(readThrift(bytes.subarray(start, bytes.length - trailerBytes)), random);
    const footer = writeThrift(tree);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    return Buffer.concat([bytes.subarray(0, start), footer, length, Buffer.from('PAR1')]);
  } catch {
    return undefined;
  }
}

/** A page header with one number changed; what comes behind stays where it is if it still fits. */
export function lieInPageHeader(bytes: Buffer, random: Random): Buffer | undefined {
  try {
    const { start } = pickFrom(pageHeaderPlaces(bytes), random);
    const header = readThrift(bytes.subarray(start));
    const before = writeThrift(header).length;
    const after = writeThrift(lieIn(header, random));
    return Buffer.concat([bytes.subarray(0, start), after, bytes.subarray(start + before)]);
  } catch {
    return undefined;
  }
}

/** A thrift struct in which one thing is changed, at a random depth. */
function lieIn(struct: ThriftStruct, random: Random): ThriftStruct {
  if (struct.length === 0) return struct;
  const at = random.integer(struct.length);
  const field = struct[at] as ThriftField;
  if (random.uniform() < 0.03) return struct.filter((_, k) => k !== at);
  if (random.uniform() < 0.03) return [...struct, { ...field, id: field.id + random.integer(4) }];
  const value = lieAbout(field.value, random);
  return struct.map((each, k) => (k === at ? { ...field, value } : each));
}

function lieAbout(value: ThriftValue, random: Random): ThriftValue {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') {
    return pickFrom(
      [0, 1, -1, value + 1, value - 1, 2 * value, 7, 99, 2 ** 31 - 1, -(2 ** 31)],
      random,
    );
  }
  if (typeof value === 'bigint') {
    const lies = [0n, 1n, -1n, value + 1n, value - 1n, 2n * value, 2n ** 31n, 2n ** 32n + 5n];
    return pickFrom([...lies, 2n ** 53n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n)], random);
  }
  if (value instanceof Uint8Array) return lieAboutBytes(value, random);
  if (!('items' in value)) return lieIn(value, random);
  const { items } = value;
  if (items.length === 0 || random.uniform() < 0.08) return { ...value, items: items.slice(1) };
  const at = random.integer(items.length);
  if (random.uniform() < 0.05) return { ...value, items: [...items, items[at] as ThriftValue] };
  const changed = items.map((item, k) => (k === at ? lieAbout(item, random) : item));
  return { ...value, items: changed };
}

function lieAboutBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[random.integer(copy.length)] = random.integer(256);
  return pickFrom([copy, copy.subarray(copy.length >> 1), new Uint8Array(0)], random);
}

function footerStart(bytes: Buffer): number {
  return bytes.length - trailerBytes - bytes.readUInt32LE(bytes.length - trailerBytes);
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
