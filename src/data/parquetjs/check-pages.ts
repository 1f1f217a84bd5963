import { gunzipSync } from 'node:zlib';
import { type ColumnMetaData, snappyUncompress } from 'hyparquet';
import { FormatError } from '../../errors.js';
import { readThriftAt, type ThriftStruct } from '../parquet/format/thrift.js';
import { getField, getStruct } from '../parquet/format/thrift-fields.js';
import { checkLevels } from './check-levels.js';
import type { FlatColumn } from './guard.js';

// Ids of fields of PageHeader, DataPageHeader and DataPageHeaderV2 in parquet.thrift.
const page = { kind: 1, unpacked: 2, packed: 3, data: 5, dataVersion2: 8 };
const version1 = { values: 1, encoding: 2 };
const version2 = { values: 1, nulls: 2, encoding: 4, isCompressed: 7 };
const kinds = { data: 0, dataVersion2: 3 };
const plainEncoding = 0;

/** Before the levels of a page of version 1: how many bytes they have. */
const envelopeBytes = 4;

/** The library makes an array of as many: its own pages have some thousand values. */
const mostValues = 2 ** 24;

/** Bits that a value takes at least. */
const leastBits = { bool: 1, int32: 32, date32: 32, float32: 32, int64: 64, float64: 64 } as const;
const lengthBits = 32;

/**
 * Raises unless the pages of a column chunk hold what they claim, down to the runs of their levels.
 *
 * The library believes them: a run that claims 2³¹ levels takes it many seconds, and as much memory.
 *
 * @param bytes the whole chunk, which `checkPages` of Parquet has seen.
 * @throws FormatError
 */
export function checkParquetJsPages(
  bytes: Uint8Array,
  { codec, num_values }: Pick<ColumnMetaData, 'codec' | 'num_values'>,
  column: FlatColumn,
): void {
  let left = Number(num_values);
  for (let start = 0; start < bytes.length && left > 0; ) {
    const { struct, end } = readThriftAt(bytes, start);
    start = end + numberOf(struct, page.packed);
    left -= checkPage(struct, bytes.subarray(end, start), codec, column);
  }
}

/** Gives the values of the page, nulls among them. */
function checkPage(
  struct: ThriftStruct,
  body: Uint8Array,
  codec: ColumnMetaData['codec'],
  { field, kind }: FlatColumn,
): number {
  const isVersion2 = getField(struct, page.kind) === kinds.dataVersion2;
  const head = getStruct(struct, isVersion2 ? page.dataVersion2 : page.data);
  const values = numberOf(head, (isVersion2 ? version2 : version1).values);
  const encoding = getField(head, (isVersion2 ? version2 : version1).encoding);
  check(isVersion2 || getField(struct, page.kind) === kinds.data, 'a page of another kind');
  check(encoding === plainEncoding, `a page of encoding ${encoding}`);
  check(values > 0 && values <= mostValues, `a page of ${values} values`);
  const unpackedBytes = numberOf(struct, page.unpacked);
  if (isVersion2) {
    const levels = field.nullable ? checkLevels(body, 0, values, field.name) : allValid(values);
    const packs = getField(head, version2.isCompressed) !== false;
    const packed = body.subarray(levels.end);
    const plain = unpack(packed, packs ? codec : 'UNCOMPRESSED', unpackedBytes - levels.end);
    const nulls = numberOf(head, version2.nulls);
    check(nulls === values - levels.valid, `${nulls} nulls, and levels that say other`);
    checkBytes(plain.length, levels.valid);
  } else {
    const plain = unpack(body, codec, unpackedBytes);
    const levels = field.nullable
      ? checkLevels(plain, envelopeBytes, values, field.name)
      : allValid(values);
    checkBytes(plain.length - levels.end, levels.valid);
  }
  return values;

  function unpack(packed: Uint8Array, by: ColumnMetaData['codec'], size: number): Uint8Array {
    check(size >= 0, `${size} bytes of values`);
    try {
      const plain = inflate(packed, by, size);
      check(plain.length === size, `${plain.length} bytes of ${size}`);
      return plain;
    } catch (cause) {
      if (cause instanceof FormatError) throw cause;
      throw damaged(field.name, `bytes that cannot be unpacked, ${(cause as Error).message}`);
    }
  }

  function checkBytes(bytes: number, count: number): void {
    const bits = leastBits[kind as keyof typeof leastBits] ?? lengthBits;
    check(8 * bytes >= bits * count, `${bytes} bytes for ${count} values`);
  }

  function check(holds: boolean, claim: string): void {
    if (!holds) throw damaged(field.name, claim);
  }
}

function allValid(values: number) {
  return { valid: values, end: 0 };
}

function inflate(packed: Uint8Array, codec: ColumnMetaData['codec'], size: number): Uint8Array {
  if (codec === 'GZIP') return gunzipSync(packed, { maxOutputLength: Math.max(size, 1) });
  if (codec !== 'SNAPPY') return packed;
  const plain = new Uint8Array(size);
  snappyUncompress(packed, plain);
  return plain;
}

function numberOf(struct: ThriftStruct, id: number): number {
  const value = getField(struct, id);
  return typeof value === 'number' ? value : 0;
}

function damaged(name: string, claim: string): FormatError {
  return new FormatError(
    `Parquet column is damaged: '${name}' (it claims ${claim}). Write or copy the file again`,
  );
}
