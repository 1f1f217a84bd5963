import { Field, Int32, Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { elementSpans } from '../../../../src/data/parquet/format/leaves.js';
import { type ThriftStruct, wire } from '../../../../src/data/parquet/format/thrift.js';
import { namedSchema } from '../../../../src/data/parquet/types/names.js';

const number = (id: number, value: number) => ({ id, type: wire.int32, value });

/** Type 6 is BYTE_ARRAY; converted type 19 is JSON. */
const json: ThriftStruct = [number(1, 6), number(6, 19)];
const root = (children: number): ThriftStruct => [number(5, children)];

describe('elementSpans', () => {
  it('should visit no more elements than there are, whatever a group claims', () => {
    expect(elementSpans([root(2 ** 31 - 1), json, json])).toEqual([
      { start: 0, end: 2 },
      { start: 0, end: 1 },
      { start: 1, end: 2 },
    ]);
  });
});

describe('namedSchema', () => {
  it('should leave out elements that nothing holds', () => {
    const schema = new Schema([new Field('x', new Int32(), true)]);

    const named = namedSchema(schema, [root(1), [number(1, 1)], json]);

    expect(named.fields[0]?.metadata.size ?? 0).toBe(0);
  });
});
