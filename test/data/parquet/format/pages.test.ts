import type { ColumnMetaData } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { checkPages } from '../../../../src/data/parquet/format/pages.js';
import {
  type ThriftStruct,
  wire,
  writeThrift,
} from '../../../../src/data/parquet/format/thrift.js';
import { FormatError } from '../../../../src/errors.js';

const chunk = { total_uncompressed_size: 100n, num_values: 10n } as ColumnMetaData;

const number = (id: number, value: number) => ({ id, type: wire.int32, value });

/** A page of 4 bytes: header and body. */
function page(kind: number, values: number, { unpacked = 40, packed = 4 } = {}): Buffer {
  const head: ThriftStruct = [
    number(1, 0),
    number(2, unpacked),
    number(3, packed),
    { id: kind, type: wire.struct, value: [number(1, values)] },
  ];
  return Buffer.concat([writeThrift(head), Buffer.alloc(4)]);
}

const [data, dictionary, dataVersion2] = [5, 7, 8];

describe('checkPages', () => {
  it('should take pages that hold what their chunk does', () => {
    const bytes = Buffer.concat([page(dictionary, 8), page(data, 6), page(dataVersion2, 4)]);

    expect(() => checkPages(bytes, chunk, 'here')).not.toThrow();
  });

  it.each([
    ['2 GiB unpacked', page(data, 10, { unpacked: 2 ** 31 - 1 })],
    ['a negative size', page(data, 10, { packed: -5 })],
    ['more bytes than there are', page(data, 10, { packed: 5 })],
    ['more values than its chunk', page(data, 11)],
    ['more values than bytes', page(dictionary, 2 ** 30)],
    ['no header at all', Buffer.from([0xff, 0xff])],
  ])('should refuse a page that claims %s', (_, bytes) => {
    expect(() => checkPages(bytes, chunk, 'here')).toThrow(FormatError);
    expect(() => checkPages(bytes, chunk, 'here')).toThrow(/Parquet page is damaged: here, page 0/);
  });
});
