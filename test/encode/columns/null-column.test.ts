import {
  type DataType,
  DenseUnion,
  Field,
  Int32,
  List,
  Schema,
  SparseUnion,
  Struct,
  Utf8,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { concatenateBatches } from '../../../src/data/batches/interleave.js';
import { readIpcBatches } from '../../../src/data/ipc/read.js';
import { encodeIpcStream } from '../../../src/data/ipc/write.js';
import { buildNulls, canBeNull } from '../../../src/encode/columns/null-column.js';
import { allTypes, asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { caseCount } from '../../support/cases.js';

const field = (type: DataType, nullable = true, name = 'x') => new Field(name, type, nullable);
const isNull = (value: unknown) =>
  value === null || Object.values(value as object).every((member) => member === null);

describe('buildNulls', () => {
  it('should make nulls of any type that can be mixed, written and read again', async () => {
    await fc.assert(
      fc.asyncProperty(allTypes, fc.nat(20), fc.nat(20), async (type, one, other) => {
        const schema = new Schema([field(type)]);
        const batches = [one, other].map((rows) =>
          makeBatch(schema, [buildNulls(type, rows)], rows),
        );

        const mixed = concatenateBatches(schema, batches);
        const bytes = Buffer.concat(await collect(encodeIpcStream(asyncFrom([mixed]))));
        const read = exactRows(await collect(readIpcBatches(bytes)));

        expect(read).toHaveLength(one + other);
        expect(read.flat().filter((value) => !isNull(value))).toEqual([]);
      }),
      { numRuns: caseCount(75, 300) },
    );
  });
});

describe('canBeNull', () => {
  const members = (first: boolean, second: boolean) => [
    field(new Int32(), first, 'a'),
    field(new Utf8(), second, 'b'),
  ];

  it('should ask the field, and of a union its members', () => {
    const sparse = new SparseUnion([0, 1], members(false, true));
    const dense = new DenseUnion([0, 1], members(false, false));

    expect(canBeNull(field(new Int32()))).toBe(true);
    expect(canBeNull(field(new Int32(), false))).toBe(false);
    expect(canBeNull(field(new List(field(dense)), false))).toBe(false);
    expect(canBeNull(field(sparse, false))).toBe(true);
    expect(canBeNull(field(dense))).toBe(false);
  });

  it('should have a null in the member of a union that can be null', () => {
    const type = new SparseUnion([4, 9], members(false, true));
    const schema = new Schema([field(type), field(new Struct([field(type)]))]);
    const columns = schema.fields.map((each) => buildNulls(each.type, 2));

    expect(exactRows([makeBatch(schema, columns, 2)])).toEqual([
      [{ 9: null }, null],
      [{ 9: null }, null],
    ]);
  });
});
