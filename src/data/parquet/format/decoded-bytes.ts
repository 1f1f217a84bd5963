import type { ColumnMetaData } from 'hyparquet';
import { FormatError } from '../../../errors.js';
import { reasonOf } from '../../reason.js';
import { decompressPage } from './decompress.js';
import { deltaEncodings, measureDeltaValues, type ValueBytes } from './delta-lengths.js';
import type { ChunkPages, DataPage, PageBytes } from './pages.js';
import { harmlessBytes, type RowCosts } from './row-costs.js';
import type { ThriftStruct } from './thrift.js';
import { getField } from './thrift-fields.js';

// Ids of fields of SchemaElement in parquet.thrift.
const element = { type: 1, typeLength: 2, repetition: 3, children: 5 };
const [required, repeated] = [0, 2];

/** Bytes of a value by physical type; of byte arrays those of their offset. */
const widths = [1, 4, 8, 8, 4, 8, 4, 0];
const byteArray = 6;
const fixedLengthByteArray = 7;
/** The decoder holds two levels of 16 bits for each value of nested columns. */
const levelBytes = 4;

/** PLAIN_DICTIONARY and RLE_DICTIONARY in parquet.thrift. */
const dictionaryEncodings = [2, 8];

/** A value of fixed length takes no more, or no more than so many times the bytes of its chunk: of nulls nothing else is there. */
const largestValue = { bytes: 64 * 2 ** 20, ratio: 200 } as const;

/** More the decoder cannot hold at all. */
const largestChunk = { bytes: 4 * 2 ** 30, ratio: 1000 } as const;

/** Bytes of the length of levels, in pages of version 1. */
const levelLengthBytes = 4;

/** A nested column can put all of its values into one row: it must not become as big, at such a rate. */
const nested = { bytes: 512 * 2 ** 20, ratio: 1000 } as const;

/** A leaf of Parquet's schema, as far as it matters here. */
export interface LeafShape {
  readonly type: number;
  readonly width: number;
  readonly isRepeated: boolean;
  /** Kinds of levels that its pages have: of repetition, of definition. */
  readonly levelKinds: number;
}

/** The shapes of the leaves of Parquet's flat schema. */
export function leafShapes(elements: readonly ThriftStruct[]): LeafShape[] {
  const shapes: LeafShape[] = [];
  let next = 0;
  const visit = (repeats: boolean, lacks: boolean): void => {
    const isRoot = next === 0;
    const struct = elements[next++];
    if (!struct) return;
    const repetition = isRoot ? required : (getField(struct, element.repetition) ?? required);
    const isRepeated = repeats || repetition === repeated;
    const isOptional = lacks || repetition !== required;
    const type = getField(struct, element.type);
    if (typeof type === 'number') {
      const length = Number(getField(struct, element.typeLength) ?? 0);
      const width = type === fixedLengthByteArray ? length : (widths[type] ?? 0);
      const levelKinds = Number(isRepeated) + Number(isOptional);
      shapes.push({ type, width, isRepeated, levelKinds });
      return;
    }
    const children = Number(getField(struct, element.children) ?? 0);
    for (let child = 0; child < children && next < elements.length; child++) {
      visit(isRepeated, isOptional);
    }
  };
  visit(false, false);
  return shapes;
}

/**
 * What the rows of a column chunk become, at most, when they are decoded, in the order of the rows.
 * Repeated values are told by very few bytes: as many as one likes of a dictionary's longest, or of
 * what a value has in common with the one before.
 *
 * @param where names the chunk in messages.
 * @param rows of the chunk.
 * @throws FormatError for lengths that cannot be; for a column that would become more than the decoder
 *   can hold, and a nested one that would become very big, out of very little.
 */
export async function rowCosts(
  bytes: Uint8Array,
  { codec }: ColumnMetaData,
  pages: ChunkPages,
  shape: LeafShape,
  rows: number,
  where: string,
): Promise<RowCosts[]> {
  const { type, width, isRepeated } = shape;
  if (width > Math.max(largestValue.bytes, largestValue.ratio * bytes.length)) {
    throw tooLarge(where, bytes, width, 'a value');
  }
  const fixed = width + (isRepeated ? levelBytes : 0);
  const values = pages.data.reduce((sum, page) => sum + page.values, 0);
  if (values * fixed > Math.max(largestChunk.bytes, largestChunk.ratio * bytes.length)) {
    throw tooLarge(where, bytes, values * fixed);
  }
  const longest = type === byteArray ? await longestValue(bytes, codec, pages) : 0;
  const costs: RowCosts[] = [];
  for (const [index, page] of pages.data.entries()) {
    const own = await valueBytes(index, page);
    costs.push({
      rows: page.values,
      bytes: page.values * fixed + own.total,
      widest: fixed + own.longest,
    });
  }
  if (!isRepeated) return costs;
  const all = costs.reduce((sum, cost) => sum + cost.bytes, 0);
  if (all > Math.max(nested.bytes, nested.ratio * bytes.length)) {
    throw tooLarge(where, bytes, all, 'perhaps one row');
  }
  // Which rows the values of a page belong to is not known here.
  return [{ rows, bytes: all, widest: all / Math.max(rows, 1) }];

  /** What the values of a page take beside their width. */
  async function valueBytes(index: number, page: DataPage): Promise<ValueBytes> {
    const { encoding, unpacked } = page;
    if (isDelta(encoding)) {
      const body = await unpackValues(page);
      try {
        return body ? measureDeltaValues(body, encoding, page.values) : nothing;
      } catch (cause) {
        throw new FormatError(
          `Parquet page is damaged: ${where}, page ${index} (it claims ${reasonOf(cause)}). Write or copy the file again.`,
          { cause },
        );
      }
    }
    if (type !== byteArray) return nothing;
    if (dictionaryEncodings.includes(encoding)) return { total: page.values * longest, longest };
    return { total: unpacked, longest: unpacked };
  }

  /** The bytes of a page behind its levels; undefined of a codec that is not known. */
  async function unpackValues(page: DataPage): Promise<Uint8Array | undefined> {
    const before = page.levelBytes ?? 0;
    const packed = bytes.subarray(page.start + before, page.end);
    const body = page.isCompressed
      ? await decompressPage(packed, codec, page.unpacked - before)
      : packed;
    if (!body || page.levelBytes !== undefined) return body;
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    let at = 0;
    for (let kind = 0; kind < shape.levelKinds && at + levelLengthBytes <= body.length; kind++) {
      at += levelLengthBytes + view.getUint32(at, true);
    }
    return body.subarray(at);
  }
}

const nothing: ValueBytes = { total: 0, longest: 0 };

function isDelta(
  encoding: number,
): encoding is (typeof deltaEncodings)[keyof typeof deltaEncodings] {
  return encoding === deltaEncodings.lengths || encoding === deltaEncodings.prefixes;
}

/** Bytes of the longest value of a dictionary of byte arrays, at most. */
async function longestValue(
  bytes: Uint8Array,
  codec: ColumnMetaData['codec'],
  { data, dictionary }: ChunkPages,
): Promise<number> {
  const coded = data
    .filter(({ encoding }) => dictionaryEncodings.includes(encoding))
    .reduce((sum, { values }) => sum + values, 0);
  // Mostly so few that even the whole dictionary as one value would do no harm.
  if (!dictionary || coded * dictionary.unpacked <= harmlessBytes) return dictionary?.unpacked ?? 0;
  return longestPlain(bytes, codec, dictionary);
}

async function longestPlain(
  bytes: Uint8Array,
  codec: ColumnMetaData['codec'],
  { start, end, unpacked }: PageBytes,
): Promise<number> {
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

function tooLarge(where: string, bytes: Uint8Array, decoded: number, what?: string): FormatError {
  const whole = `its ${bytes.length} bytes may become ${Math.round(decoded)}`;
  const reason = what ? `${whole}, ${what}` : whole;
  return new FormatError(
    `Parquet column is too large to decode: ${where} (${reason}). Write smaller row groups`,
  );
}
