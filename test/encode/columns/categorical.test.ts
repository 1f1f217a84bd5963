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
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { boolean } from '../../../src/encode/columns/boolean.js';
import {
  categorical,
  countLevels,
  fitCategorical,
} from '../../../src/encode/columns/categorical.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';
import { column, cut, field, roundTrip } from '../columns.js';

const random = createRandom('categorical');
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
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should not depend on the order of rows, cuts or the dictionary', () => {
    fc.assert(
      fc.property(texts, fc.nat(50), (cells, at) => {
        const forth = cut(column(type, cells), Math.min(at, cells.length));
        const back = column(type, cells.toReversed());

        expect(encoderOf(readTexts(forth)).toJSON()).toEqual(encoderOf(readTexts(back)).toJSON());
      }),
      { numRuns: caseCount(25, 100) },
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

describe('fitCategorical', () => {
  const many = Array.from({ length: 4000 }, (_, row) =>
    row % 50 === 0 ? null : `town ${(row * row) % 1500}`,
  );

  it('should let the rarest of more than 1,000 levels share a code, but not null', () => {
    const levels = countLevels([...many, ...Array.from({ length: 1200 }, (_, k) => `city ${k}`)]);

    const encoder = fitCategorical(field(new Utf8()), levels);

    expect(levels.length).toBeGreaterThan(1200);
    expect(encoder.spans).toMatchObject([{ width: 1000 }]);
    const rarest = levels.at(-1)?.text as string;
    const [codes] = encoder.encode(column(new Utf8(), [null, rarest]), random) as [Int32Array];
    expect(codes[0]).toBeLessThan(999);
    expect(codes[1]).toBe(999);
  });

  it('should bring levels of a shared code back by their frequency, also through JSON', () => {
    const cells = ['often', 'often', 'often', 'b', 'b', 'c'];
    const encoder = categorical(field(new Utf8()), countLevels(cells), 'categorical', 2);
    const read = encoderFromJSON(field(new Utf8()), JSON.parse(JSON.stringify(encoder)));

    const back = (from: typeof encoder) =>
      readTexts(new Vector([from.decode([new Int32Array(3000).fill(1)], 3000, createRandom(1))]));

    const shareOfB = back(encoder).filter((text) => text === 'b').length / 3000;
    expect(shareOfB).toBeCloseTo(2 / 3, 1);
    expect(new Set(back(encoder))).toEqual(new Set(['b', 'c']));
    expect(back(read)).toEqual(back(encoder));
    expect(read.spans).toEqual(encoder.spans);
  });

  it('should refuse a saved number of codes that cannot be', () => {
    const json = { kind: 'categorical', levels: ['a', 'b'], counts: [1, 1] };

    for (const codes of [0, 2, 1.5, 'all']) {
      expect(() => encoderFromJSON(field(new Utf8()), { ...json, codes })).toThrow(/codes/);
    }
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
