import {
  Bool,
  DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  DurationMillisecond,
  Float16,
  Float32,
  Float64,
  Int32,
  Int64,
  TimeMicrosecond,
  TimeSecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint64,
  Utf8,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeBounds } from '../../../src/encode/cells/column-types.js';
import { type CellValue, showText, textOfValue } from '../../../src/encode/values/value.js';

const day = 86_400_000;

describe('textOfValue', () => {
  it.each<[DataType, Exclude<CellValue, null>, string]>([
    [new Decimal(2, 12), '50.25', '5025'],
    [new Decimal(2, 12), 50.25, '5025'],
    [new Decimal(2, 12), 5025, '502500'],
    [new Decimal(2, 12), -7n, '-700'],
    [new Decimal(-2, 12), '1300', '13'],
    [new TimeMicrosecond(), '08:30:00', '30600000000'],
    [new TimeSecond(), '08:30', '30600'],
    [new DateDay(), '2030-01-01', '21915'],
    [new DateDay(), new Date('2030-01-01'), '21915'],
    [new DateDay(), 21915 * day, '21915'],
    [new DateDay(), 21915n, '21915'],
    [new DateMillisecond(), '1969-12-31', String(-day)],
    [new TimestampMicrosecond(), '2023-01-19T05:00:00', '1674104400000000'],
    [new TimestampMicrosecond('America/New_York'), '2023-01-19', '1674104400000000'],
    [new TimestampMicrosecond('America/New_York'), '2023-01-19T05:00Z', '1674104400000000'],
    [new TimestampNanosecond(), '1969-12-31 23:59:59.999999999', '-1'],
    [new TimestampSecond('+05:30'), '1970-01-01 05:30:00', '0'],
    [new DurationMillisecond(), '90 s', '90000'],
    [new DurationMillisecond(), 'PT1H30M', '5400000'],
    [new DurationMillisecond(), '-01:30:00.5', '-5400500'],
    [new DurationMillisecond(), '1.5 h', '5400000'],
    [new Float64(), '1e3', '1000'],
    [new Float64(), 'nan', 'NaN'],
    [new Float64(), '-inf', '-Infinity'],
    [new Float64(), -0, '0'],
    [new Float32(), 0.1, String(Math.fround(0.1))],
    [new Float16(), '0.1', '0.0999755859375'],
    [new Int64(), 9007199254740993n, '9007199254740993'],
    [new Int64(), '9007199254740993', '9007199254740993'],
    [new Int32(), '007', '7'],
    [new Utf8(), 10001, '10001'],
    [new Bool(), 'true', 'true'],
  ])('should read %s from %o', (type, value, text) => {
    expect(textOfValue(type, value)).toBe(text);
  });

  it.each<[DataType, Exclude<CellValue, null>]>([
    [new Decimal(2, 12), '50.251'],
    [new Decimal(2, 12), 'dear'],
    [new Decimal(0, 20), 2 ** 60],
    [new DateDay(), '2030-02-30'],
    [new DateDay(), '21915'],
    [new DateDay(), 'soon'],
    [new DateDay(), new Date('2030-01-01T10:00:00Z')],
    [new TimeSecond(), '24:00'],
    [new TimeSecond(), '08:30:00.5'],
    [new TimestampMillisecond(), '2023-01-19T05:00:00.0001'],
    [new Int64(), 2 ** 53],
    [new Int32(), 2 ** 31],
    [new Int32(), '1.5'],
    [new Int32(), true],
    [new Uint64(), -1],
    [new Float32(), 1e39],
    [new Float64(), ''],
    [new Bool(), 'yes'],
    [new Int32(), new Date(0)],
  ])('should refuse %s of %o', (type, value) => {
    expect(textOfValue(type, value)).toBeUndefined();
  });
});

describe('showText', () => {
  it.each([
    [new Decimal(2, 12), '5025', '50.25'],
    [new Decimal(2, 12), '-5', '-0.05'],
    [new DateDay(), '21915', '2030-01-01'],
    [new TimestampMicrosecond('America/New_York'), '1674104400000000', '2023-01-19T00:00:00-05:00'],
    [new TimestampMillisecond(), '-1', '1969-12-31T23:59:59.999'],
    [new DurationMillisecond(), '-5400500', '-01:30:00.5'],
    [new Float32(), String(Math.fround(0.1)), '0.1'],
  ])('should write %s %s as %s', (type, text, shown) => {
    expect(showText(type, text)).toBe(shown);
  });

  it('should always write what reads back as the same level', () => {
    const types = [
      new Decimal(3, 38),
      new Decimal(-2, 12),
      new TimeMicrosecond(),
      new TimeSecond(),
      new DurationMillisecond(),
      new Int64(),
      new Float64(),
      new Float32(),
    ];
    const instants = [
      new DateDay(),
      new TimestampSecond('Europe/London'),
      new TimestampMillisecond('Asia/Kathmandu'),
      new TimestampMicrosecond(),
      new TimestampNanosecond('America/New_York'),
    ];
    const text = (type: DataType) => {
      if (DataType.isFloat(type)) {
        return fc
          .double()
          .map((value) => String((type instanceof Float32 ? Math.fround(value) : value) + 0));
      }
      const { minimum, maximum } = wholeBounds(type);
      if (DataType.isTime(type)) return fc.bigInt(0n, 86_399n).map(String);
      return fc.bigInt(minimum, maximum).map(String);
    };
    const instant = (type: DataType) =>
      fc.bigInt(-30_000n, 30_000n).map((days) => {
        const units = DataType.isTimestamp(type) ? 1000n ** BigInt(type.unit) : 1n;
        return String(
          DataType.isTimestamp(type)
            ? (days * 86_437n + 7n) * units + (units > 1n ? 1n : 0n)
            : days,
        );
      });
    const cell = fc.oneof(
      fc.constantFrom(...types).chain((type) => text(type).map((value) => ({ type, value }))),
      fc.constantFrom(...instants).chain((type) => instant(type).map((value) => ({ type, value }))),
    );
    fc.assert(
      fc.property(cell, ({ type, value }) => {
        expect(textOfValue(type, showText(type, value))).toBe(value);
      }),
      { numRuns: 500 },
    );
  });
});
