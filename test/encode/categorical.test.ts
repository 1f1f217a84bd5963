import {
  Bool,
  Dictionary,
  Float64,
  Int8,
  Int16,
  Int32,
  LargeUtf8,
  Uint64,
  Utf8,
  Vector,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boolean } from '../../src/encode/boolean.js';
import { categorical, countLevels } from '../../src/encode/categorical.js';
import { readTexts } from '../../src/encode/column-texts.js';
import { encoderFromJSON } from '../../src/encode/from-json.js';
import { createRandom } from '../../src/random.js';
import { column, cut, field, roundTrip } from './columns.js';

const cell = fc.option(fc.constantFrom('0', '1', '2', '-3', '44'), { freq: 5 });
const texts = fc.array(cell, { minLength: 1, maxLength: 50 });
const types = [
  new Utf8(),
  new LargeUtf8(),
  new Dictionary(new Utf8(), new Int8()),
  new Dictionary(new Int32(), new Int16()),
  new Dictionary(new Utf8(), new Uint64() as never),
  new Int32(),
  new Float64(),
].map((type) => [String(type), type] as const);

describe.each(types)('categorical of %s', (_, type) => {
  const encoderOf = (cells: readonly (string | null)[]) =>
    categorical(field(type), countLevels(cells));

  it('should bring back every level and every null, also through JSON', () => {
    fc.assert(
      fc.property(texts, (cells) => {
        const vector = column(type, cells);
        const encoder = encoderOf(readTexts(vector));

        const read = encoderFromJSON(field(type), JSON.parse(JSON.stringify(encoder)));

        expect(readTexts(roundTrip(encoder, vector))).toEqual(cells);
        expect(readTexts(roundTrip(read, vector))).toEqual(cells);
        expect(read.toJSON()).toEqual(encoder.toJSON());
      }),
    );
  });

  it('should not depend on the order of rows, cuts or the dictionary', () => {
    fc.assert(
      fc.property(texts, fc.nat(50), (cells, at) => {
        const forth = cut(column(type, cells), Math.min(at, cells.length));
        const back = column(type, cells.toReversed());

        expect(encoderOf(readTexts(forth)).toJSON()).toEqual(encoderOf(readTexts(back)).toJSON());
      }),
    );
  });
});

describe('categorical', () => {
  const sample = ['b', 'a', 'c', 'a', 'b', null];

  it('should order levels by frequency, then by value, and null last', () => {
    expect(categorical(field(new Utf8()), countLevels(sample)).toJSON()).toEqual({
      kind: 'categorical',
      levels: ['a', 'b', 'c', null],
      counts: [2, 2, 1, 1],
    });
  });

  it('should take what it has not seen for the most frequent level', () => {
    const encoder = categorical(field(new Utf8()), countLevels([null, null, 'b', 'a', 'b']));

    const back = roundTrip(encoder, column(new Utf8(), ['z', 'a', null]));

    expect(readTexts(back)).toEqual(['b', 'a', null]);
  });

  it('should decode to the own type object, with one dictionary for all batches', () => {
    const type = new Dictionary(new Utf8(), new Int8(), 12, true);
    const encoder = categorical(field(type), countLevels(sample));
    const decode = () => encoder.decode([Int32Array.of(0, 1, 3)], 3, createRandom(1));

    const [one, other] = [decode(), decode()];

    expect(one.type).toBe(type);
    expect(one.dictionary).toBe(other.dictionary);
    expect(one.values).toBeInstanceOf(Int8Array);
    expect(new Vector([one]).toJSON()).toEqual(['a', 'b', null]);
  });
});

describe('boolean', () => {
  it('should bring back false, true and null, also through JSON', () => {
    const cells = ['true', null, 'false', 'true'];
    const vector = column(new Bool(), cells);
    const encoder = boolean(field(new Bool()), countLevels(cells));

    const read = encoderFromJSON(field(new Bool()), JSON.parse(JSON.stringify(encoder)));

    expect(encoder.spans).toMatchObject([{ kind: 'onehot', width: 3, role: 'category' }]);
    expect(roundTrip(read, vector).toJSON()).toEqual([true, null, false, true]);
  });
});
