import type { ColumnMetaData } from 'hyparquet';
import { FormatError } from '../../../errors.js';
import { decompressPage } from './decompress.js';
import type { PageTotals } from './pages.js';
import type { ThriftStruct } from './thrift.js';
import { getField } from './thrift-fields.js';

// Ids of fields of SchemaElement in parquet.thrift.
const element = { type: 1, typeLength: 2, repetition: 3, children: 5 };
const repeated = 2;

/** Bytes of a value by physical type; of byte arrays those of their offset. */
const widths = [1, 4, 8, 8, 4, 8, 4, 0];
const byteArray = 6;
const fixedLengthByteArray = 7;
/** The decoder holds two levels of 16 bits for each value of nested columns. */
const levelBytes = 4;

/** Up to so many bytes nothing is looked at closely. */
const harmlessBytes = 256 * 2 ** 20;

/** A nested column can put all of its values into one row: it must not become as big, at such a rate. */
const nested = { bytes: 512 * 2 ** 20, ratio: 1000 } as const;

/** A leaf of Parquet's schema, as far as it matters here. */
export interface LeafShape {
  readonly type: number;
  readonly width: number;
  readonly isRepeated: boolean;
}

/** The shapes of the leaves of Parquet's flat schema. */
export function leafShapes(elements: readonly ThriftStruct[]): LeafShape[] {
  const shapes: LeafShape[] = [];
  let next = 0;
  const visit = (above: boolean): void => {
    const struct = elements[next++];
    if (!struct) return;
    const isRepeated = above || getField(struct, element.repetition) === repeated;
    const type = getField(struct, element.type);
    if (typeof type === 'number') {
      const length = Number(getField(struct, element.typeLength) ?? 0);
      const width = type === fixedLengthByteArray ? length : (widths[type] ?? 0);
      shapes.push({ type, width, isRepeated });
      return;
    }
    for (let child = Number(getField(struct, element.children) ?? 0); child > 0; child--) {
      visit(isRepeated);
    }
  };
  visit(false);
  return shapes;
}

/**
 * How many bytes a column chunk becomes, at most, when it is decoded. Repeated values are told by very
 * few bytes: as many as one likes of a dictionary's longest.
 *
 * @param where names the chunk in messages.
 * @throws FormatError for a nested column that would become very big out of very little.
 */
export async function decodedBytes(
  bytes: Uint8Array,
  chunk: ColumnMetaData,
  totals: PageTotals,
  { type, width, isRepeated }: LeafShape,
  where: string,
): Promise<number> {
  const fixed = totals.values * (width + (isRepeated ? levelBytes : 0));
  const longest = type === byteArray ? await longestValue(bytes, chunk, totals) : 0;
  const all = fixed + (type === byteArray ? totals.unpacked : 0) + totals.coded * longest;
  if (isRepeated && all > Math.max(nested.bytes, nested.ratio * bytes.length)) {
    throw new FormatError(
      `Parquet column is too large to decode: ${where} (its ${bytes.length} bytes may become ${Math.round(all)}, perhaps in one row). Write smaller row groups`,
    );
  }
  return all;
}

/** Bytes of the longest value of a dictionary of byte arrays, at most. */
async function longestValue(
  bytes: Uint8Array,
  { codec }: ColumnMetaData,
  { coded, dictionary }: PageTotals,
): Promise<number> {
  // Mostly so few that even the whole dictionary as one value would do no harm.
  if (!dictionary || coded * dictionary.unpacked <= harmlessBytes) return dictionary?.unpacked ?? 0;
  const { start, end, unpacked } = dictionary;
  const page = await decompressPage(bytes.subarray(start, end), codec, unpacked);
  if (!page) return unpacked;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  let longest = 0;
  for (let at = 0; at + 4 <= page.length; ) {
    const length = view.getUint32(at, true);
    longest = Math.max(longest, length);
    at += 4 + length;
  }
  return Math.min(longest, unpacked);
}

/** Whether row groups of so many bytes, decoded and as they stand, are to be decoded a few rows at a time. */
export function isSuspicious(decoded: number, packed: number): boolean {
  return decoded > Math.max(harmlessBytes, 100 * packed);
}
