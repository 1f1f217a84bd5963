import {
  type DataType,
  DateDay,
  DateMillisecond,
  Float64,
  Int32,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  Vector,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import type { SpanValues } from '../../../src/encode/encoder.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { inferEncoder } from '../../../src/encode/infer.js';
import { zoneOf } from '../../../src/encode/values/zone.js';
import { createRandom } from '../../../src/random.js';
import { column, field, roundTrip } from '../columns.js';

const day = 86_400_000;
const monthStart = (month: number) => Date.UTC(2001, month, 1);
const newYork = zoneOf('America/New_York');

interface Grid {
  readonly type: DataType;
  /** Text of the k-th value. */
  readonly text: (k: number) => string;
  readonly isOn: (text: string) => boolean;
}

const grids: Readonly<Record<string, Grid>> = {
  'quarters of an hour': {
    type: new TimestampMicrosecond(),
    text: (k) => String(1_700_000_100_000_000 + k * 900_000_000),
    isOn: (text) => (Number(text) - 1_700_000_100_000_000) % 900_000_000 === 0,
  },
  weeks: {
    type: new DateDay(),
    text: (k) => String(18_302 + 7 * k),
    isOn: (text) => new Date(Number(text) * day).getUTCDay() === new Date(18_302 * day).getUTCDay(),
  },
  'multiples of five': {
    type: new Int32(),
    text: (k) => String(3 + 5 * k),
    isOn: (text) => (Number(text) - 3) % 5 === 0,
  },
  'quarters of a unit': {
    type: new Float64(),
    text: (k) => String(k / 4),
    isOn: (text) => (4 * Number(text)) % 1 === 0,
  },
  'first days of months': {
    type: new DateDay(),
    text: (k) => String(monthStart(k) / day),
    isOn: (text) => new Date(Number(text) * day).getUTCDate() === 1,
  },
  'first days of quarters': {
    type: new DateMillisecond(),
    text: (k) => String(monthStart(3 * k)),
    isOn: (text) =>
      new Date(Number(text)).getUTCDate() === 1 && new Date(Number(text)).getUTCMonth() % 3 === 0,
  },
  'local midnights': {
    type: new TimestampSecond('America/New_York'),
    text: (k) => String((newYork?.toInstant(k * day + Date.UTC(2020, 0, 1)) as number) / 1000),
    isOn: (text) => (newYork?.toWall(Number(text) * 1000) as number) % day === 0,
  },
  'months at six in the morning': {
    type: new TimestampNanosecond('America/New_York'),
    text: (k) => `${newYork?.toInstant(monthStart(k) + day / 4)}000000`,
    isOn: (text) => {
      const wall = newYork?.toWall(Number(BigInt(text) / 1_000_000n)) as number;
      return new Date(wall).getUTCDate() === 1 && wall % day === day / 4;
    },
  },
};

describe('columns on a grid', () => {
  it.each(Object.entries(grids))('should always stay on it: %s', (_, { type, text, isOn }) => {
    const places = fc.array(fc.integer({ min: 0, max: 199 }), { minLength: 120, maxLength: 200 });
    fc.assert(
      fc.property(places, fc.nat(), (places, seed) => {
        const texts = places.map(text);
        const sample = column(type, texts);
        const fitted = inferEncoder(field(type), sample);
        const encoder = encoderFromJSON(field(type), JSON.parse(JSON.stringify(fitted.toJSON())));
        const random = createRandom(seed);
        const spans = encoder.spans.map(
          (span): SpanValues =>
            span.kind === 'scalar'
              ? Float32Array.from({ length: 100 }, () => 2 * random.uniform() - 1)
              : Int32Array.from({ length: 100 }, () => random.integer(span.width)),
        );

        const made = readTexts(new Vector([encoder.decode(spans, 100, random)]));

        expect(texts.every(isOn)).toBe(true);
        expect(made.filter((each) => each === null || !isOn(each))).toEqual([]);
        expect(readTexts(roundTrip(encoder, sample))).toEqual(texts);
      }),
      { numRuns: 15 },
    );
  });
});
