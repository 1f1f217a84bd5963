import type { ColumnMetaData } from 'hyparquet';
import { FormatError } from '../../../errors.js';
import { reasonOf } from '../../reason.js';
import { readThriftAt, type ThriftStruct } from './thrift.js';
import { getField, getStruct } from './thrift-fields.js';

// Ids of fields of PageHeader in parquet.thrift, of the kinds of headers in it, and of what these hold.
const page = { unpacked: 2, packed: 3, data: 5, dictionary: 7, dataVersion2: 8 };
const values = 1;
const encoding = { data: 2, dataVersion2: 4 };
const version2 = { definitionBytes: 5, repetitionBytes: 6, isCompressed: 7 };

/**
 * Pages up to so many bytes may be what they like: some writers are wrong about the unpacked size of a
 * chunk, and what is all alike becomes very small.
 */
const harmlessBytes = 64 * 2 ** 20;

/** What a byte of a bigger page can become, at most. */
const largestRatio = 200;

/** Where a page's bytes lie in its chunk, and how many they are unpacked. */
export interface PageBytes {
  readonly start: number;
  readonly end: number;
  readonly unpacked: number;
}

/** A page of values. */
export interface DataPage extends PageBytes {
  /** Values, nulls among them. */
  readonly values: number;
  /** How they are written, by its number in parquet.thrift. */
  readonly encoding: number;
  /**
   * Bytes of levels before what is compressed, in pages of version 2; undefined in those of version 1,
   * which compress them too.
   */
  readonly levelBytes: number | undefined;
  readonly isCompressed: boolean;
}

/** The pages of a column chunk. */
export interface ChunkPages {
  readonly data: readonly DataPage[];
  readonly dictionary: PageBytes | undefined;
}

/**
 * Raises if the pages of a column chunk say of themselves what cannot be: that they are bigger than
 * their chunk, or hold more values; or that they become very big.
 *
 * The decoder believes a page, and takes as much memory as it claims, up to 2 GiB.
 *
 * @param bytes the whole chunk.
 * @param where names it in messages.
 * @throws FormatError
 */
export function checkPages(bytes: Uint8Array, chunk: ColumnMetaData, where: string): ChunkPages {
  const most = Math.max(Number(chunk.total_uncompressed_size), harmlessBytes);
  const data: DataPage[] = [];
  let dictionary: PageBytes | undefined;
  let left = Number(chunk.num_values);
  // The decoder stops when it has all values: what comes behind is none of its pages.
  for (let start = 0, index = 0; start < bytes.length && left > 0; index++) {
    const { struct, end } = readHeader(bytes, start, where, index);
    const [unpacked, packed] = [numberOf(struct, page.unpacked), numberOf(struct, page.packed)];
    const isDictionary = getField(struct, page.dictionary) !== undefined;
    const [first, second] = [getStruct(struct, page.data), getStruct(struct, page.dataVersion2)];
    const held = isDictionary
      ? numberOf(getStruct(struct, page.dictionary), values)
      : numberOf(first, values) + numberOf(second, values);
    check(packed <= bytes.length - end, `${packed} bytes of ${bytes.length - end}`);
    check(unpacked <= most, `${unpacked} bytes unpacked of ${most}`);
    check(
      unpacked <= Math.max(harmlessBytes, packed * largestRatio),
      `that ${packed} bytes become ${unpacked}`,
    );
    check(held <= (isDictionary ? unpacked : left), `${held} values of ${left}`);
    const place = { start: end, end: end + packed, unpacked };
    if (isDictionary) dictionary = place;
    else {
      left -= held;
      data.push({ ...place, values: held, ...describe(first, second) });
    }
    start = place.end;

    function check(holds: boolean, claim: string): void {
      if (!holds || packed < 0 || unpacked < 0 || held < 0) throw damaged(where, index, claim);
    }
  }
  return { data, dictionary };
}

/** How a page is written, by its headers of version 1 and 2, of which one has no fields. */
function describe(first: ThriftStruct, second: ThriftStruct) {
  if (second.length === 0) {
    const coding = numberOf(first, encoding.data);
    return { encoding: coding, levelBytes: undefined, isCompressed: true };
  }
  return {
    encoding: numberOf(second, encoding.dataVersion2),
    levelBytes:
      numberOf(second, version2.definitionBytes) + numberOf(second, version2.repetitionBytes),
    isCompressed: getField(second, version2.isCompressed) !== false,
  };
}

function readHeader(bytes: Uint8Array, start: number, where: string, index: number) {
  try {
    return readThriftAt(bytes, start);
  } catch (cause) {
    throw damaged(where, index, reasonOf(cause), cause);
  }
}

function numberOf(struct: ThriftStruct, id: number): number {
  const value = getField(struct, id);
  return typeof value === 'number' ? value : 0;
}

/** What is wrong with a page of a chunk. */
function damaged(where: string, index: number, reason: string, cause?: unknown): FormatError {
  return new FormatError(
    `Parquet page is damaged: ${where}, page ${index} (it claims ${reason}). Write or copy the file again.`,
    cause === undefined ? undefined : { cause },
  );
}
