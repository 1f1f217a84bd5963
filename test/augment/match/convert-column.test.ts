import {
  Binary,
  BinaryView,
  type Data,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Duration,
  Field,
  Float16,
  Float32,
  Float64,
  Int8,
  Int32,
  Int64,
  LargeBinary,
  LargeUtf8,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Timestamp,
  TimeUnit,
  Uint64,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areConvertible, convertColumn } from '../../../src/augment/match/convert-column.js';
import { columnBuilder } from '../../../src/data/rows/build.js';
import { DataError } from '../../../src/errors.js';
import { arbitraryData } from '../../../src/testing/arbitrary-data.js';
import { exactValue } from '../../../src/testing/exact-rows.js';
import { caseCount } from '../../support/cases.js';

const { SECOND, MILLISECOND, MICROSECOND, NANOSECOND } = TimeUnit;

/** Types between which values are converted without a change. */
const kinds: Readonly<Record<string, readonly DataType[]>> = {
  texts: [new Utf8(), new LargeUtf8(), new Utf8View()],
  bytes: [new Binary(), new LargeBinary(), new BinaryView()],
  'whole numbers': [new Int8(), new Int32(), new Int64(), new Uint64(), new Decimal(0, 30, 128)],
  'whole numbers and doubles': [new Int32(), new Float64()],
  decimals: [new Decimal(2, 10, 128), new Decimal(4, 38, 128), new Decimal(0, 60, 256)],
  instants: [SECOND, MILLISECOND, MICROSECOND, NANOSECOND].map(
    (unit, k) => new Timestamp(unit, k % 2 ? 'UTC' : 'Asia/Tokyo'),
  ),
  'days and instants of any clock': [
    new DateDay(),
    new DateMillisecond(),
    new Timestamp(SECOND),
    new Timestamp(NANOSECOND),
  ],
  times: [new TimeSecond(), new TimeMillisecond(), new TimeMicrosecond(), new TimeNanosecond()],
  durations: [SECOND, MILLISECOND, MICROSECOND, NANOSECOND].map((unit) => new Duration(unit)),
};

const refuse = (value: string, type: string) => new DataError(`${value} is no ${type}`);
const convert = (type: DataType, data: Data) =>
  convertColumn(new Field('x', type, true), data, refuse);
const exact = (data: Data) => Array.from({ length: data.length }, (_, k) => exactValue(data, k));
const one = (type: DataType, value: unknown) =>
  columnBuilder(new Field('x', type, true), true)([value], {
    name: 'x',
    told: true,
    rowOf: (row) => row,
  });

describe('convertColumn', () => {
  it.each(Object.keys(kinds))('should give %s back as they were', (kind) => {
    const types = kinds[kind] as readonly DataType[];
    const drawn = fc
      .constantFrom(...types)
      .chain((type) => fc.tuple(arbitraryData(type, 3), fc.constantFrom(...types)));
    let converted = 0;

    fc.assert(
      fc.property(drawn, ([data, type]) => {
        let there: Data;
        try {
          there = convert(type, data);
        } catch (error) {
          expect(error).toBeInstanceOf(DataError);
          return;
        }
        converted++;
        const back = convert(data.type, there);

        expect(exact(back)).toEqual(exact(data));
      }),
      { numRuns: caseCount(100, 2000) },
    );

    expect(converted).toBeGreaterThan(10);
  });

  it.each<[DataType, unknown, DataType, unknown]>([
    [new Decimal(2, 10, 128), '12.50', new Float64(), 12.5],
    [new Decimal(2, 10, 128), '12.00', new Int32(), 12],
    [new Float64(), 0.1, new Decimal(3, 10, 128), '0.100'],
    [new Float32(), 0.1, new Decimal(3, 10, 128), '0.100'],
    [new Float64(), -0, new Int8(), 0],
    [new Float64(), 0.1, new Float32(), Math.fround(0.1)],
    [new Float64(), Number.NaN, new Float32(), Number.NaN],
    [new Utf8View(), '\ufeffbyte order mark', new Utf8(), '\ufeffbyte order mark'],
    [new Dictionary(new Utf8(), new Int8()), 'é', new Utf8View(), 'é'],
    [new DateDay(), '1969-12-31', new Timestamp(NANOSECOND), '1969-12-31T00:00:00'],
    [
      new Timestamp(MICROSECOND, 'UTC'),
      '2024-01-01T00:00:00Z',
      new Timestamp(SECOND, '+01:00'),
      '2024-01-01T00:00:00Z',
    ],
  ])('should take a cell of %s, %j, as %s', (from, value, to, expected) => {
    const converted = convert(to, one(from, value));

    expect(exact(converted)).toEqual(exact(one(to, expected)));
  });

  it.each<[DataType, unknown, DataType, RegExp]>([
    [new Float64(), 3.5, new Int64(), /^.*3\.5 is no int64/],
    [new Float64(), Number.NaN, new Int64(), /NaN is no int64/],
    [new Float64(), 0.125, new Decimal(2, 10, 128), /0\.125 is no decimal128\(10, 2\)/],
    [new Float64(), 1e300, new Float32(), /1e\+300 is no float32/],
    [new Int32(), 16_777_217, new Float32(), /16777217 is no float32/],
    [new Int64(), '9007199254740993', new Float64(), /9007199254740993n is no float64/],
    [
      new Decimal(2, 10, 128),
      '12.34',
      new Decimal(1, 10, 128),
      /12\.34' is no decimal128\(10, 1\)/,
    ],
    [
      new Timestamp(MILLISECOND, 'UTC'),
      '2024-01-01T00:00:00.001Z',
      new Timestamp(SECOND, 'UTC'),
      /2024-01-01T00:00:00\.001Z is no timestamp\[s, UTC\]/,
    ],
    [
      new Timestamp(SECOND),
      '2024-01-01T12:00:00',
      new DateDay(),
      /2024-01-01T12:00:00 is no date32/,
    ],
    [
      new Timestamp(SECOND),
      '2024-01-01T12:00:00',
      new DateMillisecond(),
      /2024-01-01T12:00:00 is no date64/,
    ],
    [
      new Timestamp(SECOND),
      '9999-01-01T00:00:00',
      new Timestamp(NANOSECOND),
      /9999-01-01T00:00:00 is no timestamp\[ns\]/,
    ],
  ])('should refuse a cell of %s, %j, as %s', (from, value, to, message) => {
    expect(() => convert(to, one(from, value))).toThrow(message);
  });
});

describe('areConvertible', () => {
  it.each<[DataType, DataType]>([
    [new Utf8(), new Int32()],
    [new Utf8(), new Binary()],
    [new Float16(), new Float64()],
    [new Timestamp(SECOND), new Timestamp(SECOND, 'UTC')],
    [new DateDay(), new Timestamp(SECOND, 'UTC')],
    [new DateDay(), new Int32()],
    [new TimeSecond(), new Duration(SECOND)],
  ])('should tell %s from %s', (a, b) => {
    expect(areConvertible(a, b)).toBe(false);
    expect(areConvertible(b, a)).toBe(false);
  });
});
