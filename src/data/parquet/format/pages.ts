import type { ColumnMetaData } from 'hyparquet';
import { FormatError } from '../../../errors.js';
import { reasonOf } from '../../reason.js';
import { readThriftAt, type ThriftStruct } from './thrift.js';
import { getField, getStruct } from './thrift-fields.js';

// Ids of fields of PageHeader in parquet.thrift, and of the kinds of headers in it.
const page = { unpacked: 2, packed: 3, data: 5, dictionary: 7, dataVersion2: 8 };
const values = 1;

/** Some writers are wrong about the unpacked size of a chunk: pages up to so many bytes may be. */
const harmlessBytes = 64 * 2 ** 20;

/**
 * Raises if the pages of a column chunk say of themselves what cannot be: that they are bigger than
 * their chunk, or hold more values.
 *
 * The decoder believes a page, and takes as much memory as it claims, up to 2 GiB.
 *
 * @param bytes the whole chunk.
 * @param where names it in messages.
 * @throws FormatError
 */
export function checkPages(bytes: Uint8Array, chunk: ColumnMetaData, where: string): void {
  const most = Math.max(Number(chunk.total_uncompressed_size), harmlessBytes);
  let left = Number(chunk.num_values);
  // The decoder stops when it has all values: what comes behind is none of its pages.
  for (let start = 0, index = 0; start < bytes.length && left > 0; index++) {
    const { struct, end } = readHeader(bytes, start, where, index);
    const [unpacked, packed] = [numberOf(struct, page.unpacked), numberOf(struct, page.packed)];
    const isDictionary = getField(struct, page.dictionary) !== undefined;
    const held = isDictionary
      ? numberOf(getStruct(struct, page.dictionary), values)
      : numberOf(getStruct(struct, page.data), values) +
        numberOf(getStruct(struct, page.dataVersion2), values);
    check(packed <= bytes.length - end, `${packed} bytes of ${bytes.length - end}`);
    check(unpacked <= most, `${unpacked} bytes unpacked of ${most}`);
    check(held <= (isDictionary ? unpacked : left), `${held} values of ${left}`);
    if (!isDictionary) left -= held;
    start = end + packed;

    function check(holds: boolean, claim: string): void {
      if (!holds || packed < 0 || unpacked < 0 || held < 0) throw damaged(where, index, claim);
    }
  }
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

function damaged(where: string, index: number, reason: string, cause?: unknown): FormatError {
  return new FormatError(
    `Parquet page is damaged: ${where}, page ${index} (it claims ${reason}). Write or copy the file again.`,
    cause === undefined ? undefined : { cause },
  );
}
