import {
  type DataType,
  DateDay,
  DateMillisecond,
  Field,
  Float64,
  Int16,
  Int64,
  List,
  TimestampNanosecond,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { fitSeries } from '../../../src/encode/series/fit-series.js';
import {
  flattenLists,
  listLengths,
  type SeriesEncoder,
} from '../../../src/encode/series/series.js';
import { offsetsOf } from '../../../src/gan/families/sequence/sequence-table.js';
import { createRandom } from '../../../src/random.js';
import { exactValue } from '../../../src/testing/exact-rows.js';
import { caseCount } from '../../support/cases.js';

const field = (type: DataType) => new Field('s', new List(new Field('item', type, true)), false);
const lists = (type: DataType, values: unknown[][]): Vector =>
  vectorFromArray(values as never[], field(type).type as never);

function fitLists(type: DataType, vector: Vector, isOrder: boolean): SeriesEncoder {
  const lengths = [...listLengths(vector)];
  const bounds = { shortest: Math.min(...lengths), longest: Math.max(...lengths) };
  return fitSeries(field(type), vector, flattenLists(vector), bounds, { isOrder });
}

/** Encodes lists and decodes them again, by an encoder that was saved and read. */
function roundTrip(type: DataType, vector: Vector, isOrder = false): unknown[] {
  const fitted = fitLists(type, vector, isOrder);
  const encoder = encoderFromJSON(field(type), JSON.parse(JSON.stringify(fitted))) as SeriesEncoder;
  const items = encoder.flatten(vector);
  const random = createRandom('series');
  const offsets = offsetsOf(listLengths(vector));
  const whole = encoder.decode(encoder.encode(vector, random), vector.length, random);
  const decoded = encoder.items.decode(encoder.items.encode(items, random), items.length, random);
  const data = encoder.build(decoded, offsets, whole);
  return Array.from({ length: vector.length }, (_, row) => exactValue(data, row));
}

const exact = (vector: Vector) =>
  Array.from({ length: vector.length }, (_, row) => exactValue(vector.data[0] as never, row));

const whole = fc.integer({ min: -1000, max: 1000 });
const nonEmpty = <Item>(item: fc.Arbitrary<Item>) =>
  fc.array(fc.array(item, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 12 });

describe('an encoder of lists', () => {
  it.each([
    ['int16', new Int16(), fc.option(whole)],
    ['int64', new Int64(), fc.option(whole.map(BigInt))],
    ['dates', new DateDay(), fc.option(whole.map((day) => new Date(day * 86_400_000)))],
    ['text', new Utf8(), fc.option(fc.constantFrom('a', 'b', 'ß'))],
  ] as [string, DataType, fc.Arbitrary<unknown>][])(
    'should give back lists of %s, nulls among them',
    (_, type, item) => {
      fc.assert(
        fc.property(nonEmpty(item), (values) => {
          const vector = lists(type, values);

          expect(roundTrip(type, vector)).toEqual(exact(vector));
        }),
        { numRuns: caseCount(40, 300) },
      );
    },
  );

  it('should give back floats within 2^-22 of their range, by one mode', () => {
    const values = Array.from({ length: 40 }, (_, k) => [Math.sin(k) * 50, Math.cos(k) ** 3]);
    const vector = lists(new Float64(), values);

    const encoder = fitLists(new Float64(), vector, false);
    const random = createRandom('series');
    const [codes] = encoder.items.encode(encoder.flatten(vector), random);
    const back = encoder.items.decode([codes as never], 80, random).values as Float64Array;

    expect(encoder.items.spans).toEqual([{ kind: 'scalar' }]);
    for (const [k, value] of values.flat().entries()) {
      expect(Math.abs((back[k] as number) - value)).toBeLessThan(100 / 2 ** 22);
    }
  });

  it.each([
    ['int64', new Int64(), fc.nat(1e6).map(BigInt)],
    ['timestamps in ns', new TimestampNanosecond(), fc.nat(7)],
    ['dates in ms', new DateMillisecond(), fc.nat(9999).map((day) => new Date(day * 86_400_000))],
    ['int16', new Int16(), fc.nat(1000)],
  ] as [string, DataType, fc.Arbitrary<number | bigint | Date>][])(
    'should give back rising times of %s as starts and gaps',
    (_, type, item) => {
      fc.assert(
        fc.property(nonEmpty(item), (values) => {
          const rising = values.map((row) => [...row].sort((a, b) => (a < b ? -1 : Number(a > b))));
          const vector = lists(type, rising);

          expect(fitLists(type, vector, true).kind).toBe('times');
          expect(roundTrip(type, vector, true)).toEqual(exact(vector));
        }),
        { numRuns: caseCount(40, 300) },
      );
    },
  );

  it('should refuse saved encoders that cannot be right', () => {
    const saved = fitLists(new Int16(), lists(new Int16(), [[1, 2], [3]]), false).toJSON();
    const read = (change: object, type: DataType = field(new Int16()).type) =>
      encoderFromJSON(new Field('s', type, false), { ...saved, ...change });

    expect(() => read({ longest: 0 })).toThrow(/bad number 'longest'/);
    expect(() => read({ shortest: 1.5 })).toThrow(/impossible lengths/);
    expect(() => read({ items: 7 })).toThrow(/is not an object/);
    expect(() => read({}, new Int16())).toThrow(/does not fit the type/);
    expect(() => read({ kind: 'times', start: saved.items, gaps: {} })).toThrow(/unknown kind/);
  });
});
