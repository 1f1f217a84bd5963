import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readThrift,
  type ThriftStruct,
  type ThriftValue,
  wire,
  writeThrift,
} from '../../../../src/data/parquet/format/thrift.js';

const scalar: fc.Arbitrary<{ type: number; value: ThriftValue }> = fc.oneof(
  fc.boolean().map((value) => ({ type: value ? wire.true : wire.false, value })),
  fc.nat(255).map((value) => ({ type: wire.int8, value })),
  fc.integer().map((value) => ({ type: wire.int32, value })),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => ({ type: wire.int64, value })),
  fc.uint8Array({ maxLength: 200 }).map((value) => ({ type: wire.binary, value })),
  fc.uint8Array({ minLength: 8, maxLength: 8 }).map((value) => ({ type: wire.double, value })),
  fc.array(fc.integer(), { maxLength: 40 }).map((items) => ({
    type: wire.list,
    value: { elementType: wire.int32, items },
  })),
);

const structOf = (value: fc.Arbitrary<{ type: number; value: ThriftValue }>) =>
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 100 }), value), {
      selector: ([id]) => id,
      maxLength: 5,
    })
    .map((fields) => fields.map(([id, each]) => ({ id, ...each })).sort((a, b) => a.id - b.id));

const nested = structOf(scalar).map((value) => ({ type: wire.struct, value }));
const struct: fc.Arbitrary<ThriftStruct> = structOf(fc.oneof(scalar, nested));

describe('writeThrift', () => {
  it('should write what readThrift reads', () => {
    fc.assert(
      fc.property(struct, (each) => {
        const bytes = new Uint8Array(writeThrift(each));

        expect(readThrift(bytes)).toEqual(each);
      }),
    );
  });

  it('should give the footer of a real file back byte for byte', () => {
    const bytes = readFileSync(new URL('../../../../fixtures/penguins.parquet', import.meta.url));
    const length = bytes.readUInt32LE(bytes.length - 8);
    const footer = bytes.subarray(-8 - length, -8);

    expect(Buffer.from(writeThrift(readThrift(footer))).equals(footer)).toBe(true);
  });
});

describe('readThrift', () => {
  it('should end on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readThrift(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
