import {
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  DurationMicrosecond,
  Int8,
  Int16,
  Int32,
  Int64,
  TimeMicrosecond,
  TimeSecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint32,
  Uint64,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { wholeBounds } from '../../../src/encode/cells/column-types.js';
import { fitInteger } from '../../../src/encode/columns/integer.js';
import { fitTemporal } from '../../../src/encode/columns/temporal.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { caseCount } from '../../support/cases.js';
import { column, field, roundTrip } from '../columns.js';

const types: [string, DataType, typeof fitInteger][] = [
  ['int8', new Int8(), fitInteger],
  ['int16', new Int16(), fitInteger],
  ['int32', new Int32(), fitInteger],
  ['int64', new Int64(), fitInteger],
  ['uint8', new Uint8(), fitInteger],
  ['uint32', new Uint32(), fitInteger],
  ['uint64', new Uint64(), fitInteger],
  ['decimal128', new Decimal(2, 38, 128), fitInteger],
  ['date32', new DateDay(), fitTemporal],
  ['time32', new TimeSecond(), fitTemporal],
  ['time64', new TimeMicrosecond(), fitTemporal],
  ['timestamp in s', new TimestampSecond(), fitTemporal],
  ['timestamp in ms', new TimestampMillisecond('Europe/Berlin'), fitTemporal],
  ['timestamp in ns', new TimestampNanosecond(), fitTemporal],
  ['duration', new DurationMicrosecond(), fitTemporal],
];

const wholes = (type: DataType, values: readonly bigint[]) => column(type, values.map(String));
const sorted = (values: readonly bigint[]) =>
  values.toSorted((a, b) => Number(a > b) - Number(a < b));

describe.each(types)('whole numbers of %s', (_, type, encoderOf) => {
  const { minimum, maximum } = wholeBounds(type);
  const anywhere = fc.bigInt({ min: minimum, max: maximum });
  const near = fc.bigInt({ min: 0n, max: 100_000n }).map((value) => maximum - (value % maximum));
  const sample = fc.oneof(
    fc.array(anywhere, { minLength: 1, maxLength: 29 }),
    fc.array(near, { minLength: 1, maxLength: 29 }),
  );

  it('should come back exactly in a small range, and within 2^-23 of a large one', () => {
    fc.assert(
      fc.property(sample, anywhere, (values, other) => {
        const [low = 0n] = sorted(values);
        const high = sorted(values).at(-1) ?? 0n;
        const inside = [...values, sorted([low, other, high])[1] ?? 0n];
        const vector = wholes(type, inside);
        const encoder = encoderOf(field(type), wholes(type, values));

        const back = readTexts(roundTrip(encoder, vector)).map((text) => BigInt(text ?? 'x'));

        const tolerance = high - low < 2n ** 23n ? 0n : (high - low) / 2n ** 23n;
        back.forEach((value, row) => {
          const error = value - (inside[row] as bigint);
          expect(error <= tolerance && -error <= tolerance).toBe(true);
          expect(value >= low && value <= high).toBe(true);
        });
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should decode the same after a round trip through JSON', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const vector = wholes(type, values);
        const encoder = encoderOf(field(type), vector);

        const read = encoderFromJSON(field(type), JSON.parse(JSON.stringify(encoder)));

        expect(readTexts(roundTrip(read, vector))).toEqual(readTexts(roundTrip(encoder, vector)));
      }),
      { numRuns: caseCount(8, 30) },
    );
  });
});

describe('fitTemporal', () => {
  it('should decode a date64 as whole days', () => {
    const days = fc.array(fc.bigInt({ min: -40_000n, max: 40_000n }), { minLength: 1 });
    fc.assert(
      fc.property(days, (values) => {
        const vector = wholes(
          new DateMillisecond(),
          values.map((day) => day * 86_400_000n),
        );

        const back = roundTrip(fitTemporal(field(vector.type), vector), vector);

        expect(readTexts(back)).toEqual(readTexts(vector));
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should stay on whole minutes where the sample is', () => {
    const minutes = Array.from({ length: 40 }, (_, i) => 1_700_000_040n + 60n * BigInt(i * i));
    const vector = wholes(
      new TimestampNanosecond(),
      minutes.map((second) => second * 1_000_000_000n),
    );
    const encoder = fitTemporal(field(vector.type), vector);

    expect(encoder.toJSON().step).toBe('60000000000');
    expect(readTexts(roundTrip(encoder, vector))).toEqual(readTexts(vector));
  });
});

describe('fitInteger', () => {
  it('should give a shared value back exactly, beside far ones', () => {
    const values = [...Array<bigint>(10).fill(7n), 2n ** 50n, 1n, -3n];
    const vector = wholes(new Int64(), values);

    const back = readTexts(roundTrip(fitInteger(field(new Int64()), vector), vector));

    expect(back.slice(0, 10)).toEqual(Array(10).fill('7'));
  });

  it('should stay on round numbers where the sample is', () => {
    const vector = wholes(
      new Int32(),
      Array.from({ length: 40 }, (_, i) => 500n * BigInt(i * i)),
    );

    expect(fitInteger(field(new Int32()), vector).toJSON().step).toBe('500');
  });
});
