import {
  Binary,
  type DataType,
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int8,
  Int32,
  List,
  Null,
  Struct,
  tableFromIPC,
  tableToIPC,
  Utf8,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { unmodelled } from '../../src/encode/unmodelled.js';
import { SchemaError } from '../../src/errors.js';
import { createRandom } from '../../src/random.js';
import { field, tableOf } from './columns.js';

const item = (type: DataType) => new Field('item', type, true);

describe('unmodelled', () => {
  const types = [
    new Null(),
    new Utf8(),
    new Binary(),
    new Dictionary(new Utf8(), new Int8()),
    new List(item(new Int32())),
    new FixedSizeList(3, item(new Float32())),
    new Struct([item(new Utf8())]),
  ].map((type) => [String(type), type] as const);

  it.each(types)('should make nulls of %s that Arrow can write', (_, type) => {
    const data = unmodelled(field(type), 'unmodelled').decode([], 5, createRandom(1));

    const table = tableFromIPC(tableToIPC(tableOf([data])));

    expect(data.type).toBe(type);
    expect(table.numRows).toBe(5);
    expect([...(table.getChildAt(0) ?? [])]).toEqual(Array(5).fill(null));
  });

  it('should refuse a field that cannot be null, and name it', () => {
    expect(() => unmodelled(field(new Binary(), false), 'unmodelled')).toThrow(SchemaError);
    expect(() => unmodelled(field(new Binary(), false), 'unmodelled')).toThrow(/'x'.*Drop/);
  });
});
