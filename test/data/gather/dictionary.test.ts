import {
  Dictionary,
  Field,
  Int8,
  makeData,
  Schema,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { concatenateBatches, gatherRuns } from '../../../src/data/batches/interleave.js';
import { SchemaError } from '../../../src/errors.js';

const type = new Dictionary(new Utf8(), new Int8());
const schema = new Schema([new Field('color', type, true)]);

const words = (...values: (string | null)[]) => vectorFromArray(values, new Utf8());

function batchOf(dictionary: Vector, indices: number[]) {
  const data = makeData({
    type,
    length: indices.length,
    data: Int8Array.from(indices),
    dictionary,
  });
  return makeBatch(schema, [data], indices.length);
}

const column = (batch: ReturnType<typeof batchOf>) => batch.data.children[0];
const indices = (batch: ReturnType<typeof batchOf>) => [...(column(batch)?.values ?? [])];
const values = (batch: ReturnType<typeof batchOf>) => [...(column(batch)?.dictionary ?? [])];

describe('gatherDictionary', () => {
  it('should keep a dictionary that all sources share', () => {
    const shared = words('red', 'green');

    const batch = concatenateBatches(schema, [batchOf(shared, [0]), batchOf(shared, [1])]);

    expect(column(batch)?.dictionary).toBe(shared);
  });

  it('should keep the dictionary of source 0 where another one has the same values', () => {
    const first = words('red', 'green');

    const batch = concatenateBatches(schema, [
      batchOf(first, [0]),
      batchOf(words('red', 'green'), [1]),
    ]);

    expect(column(batch)?.dictionary).toBe(first);
  });

  it('should append missing values behind those of source 0, and change only other indices', () => {
    const first = batchOf(words('red', 'green'), [1, 0]);
    const second = batchOf(words('blue', 'green', 'gray'), [0, 1, 2]);

    const batch = concatenateBatches(schema, [first, second]);

    expect(values(batch)).toEqual(['red', 'green', 'blue', 'gray']);
    expect(indices(batch)).toEqual([1, 0, 2, 1, 3]);
    expect(column(batch)?.dictionary?.data[0]).toBe(column(first)?.dictionary?.data[0]);
  });

  it('should use the dictionary of source 0 even if none of its rows are taken', () => {
    const run = { source: 1, start: 0, length: 1 };
    const batch = gatherRuns(schema, [batchOf(words('a'), [0]), batchOf(words('b'), [0])], [run]);

    expect(values(batch)).toEqual(['a', 'b']);
    expect(indices(batch)).toEqual([1]);
  });

  it('should leave out dictionaries of which no row is taken', () => {
    const run = { source: 0, start: 0, length: 1 };
    const batch = gatherRuns(schema, [batchOf(words('a'), [0]), batchOf(words('b'), [0])], [run]);

    expect(values(batch)).toEqual(['a']);
  });

  it('should know a null in a dictionary', () => {
    const batch = concatenateBatches(schema, [
      batchOf(words('a', null), [1]),
      batchOf(words(null, 'b'), [0, 1]),
    ]);

    expect(values(batch)).toEqual(['a', null, 'b']);
    expect(indices(batch)).toEqual([1, 1, 2]);
  });

  it('should take from other dictionaries only the values that rows refer to', () => {
    const many = (name: string) => words(...Array.from({ length: 100 }, (_, k) => `${name}${k}`));

    const batch = concatenateBatches(schema, [batchOf(many('a'), [0]), batchOf(many('b'), [7])]);

    expect(values(batch)).toHaveLength(101);
    expect(values(batch)[100]).toBe('b7');
    expect(indices(batch)).toEqual([0, 100]);
  });

  it('should refuse more values than the index type can count', () => {
    const many = (name: string) => words(...Array.from({ length: 100 }, (_, k) => `${name}${k}`));

    const all = Array.from({ length: 100 }, (_, k) => k);

    const concatenate = () =>
      concatenateBatches(schema, [batchOf(many('a'), all), batchOf(many('b'), all)]);

    expect(concatenate).toThrow(SchemaError);
    expect(concatenate).toThrow(
      /column 'color' cannot be joined: .*dictionary<int8, utf8>: 200\. Use a wider index type/,
    );
  });
});
