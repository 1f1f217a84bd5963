import { type DataType, Float64, Int64, TimestampMicrosecond } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import { fitContinuous } from '../../../src/encode/columns/continuous.js';
import { fitInteger } from '../../../src/encode/columns/integer.js';
import { fitTemporal } from '../../../src/encode/columns/temporal.js';
import type { ColumnEncoder } from '../../../src/encode/encoder.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { createRandom } from '../../../src/random.js';
import { column, field, roundTrip } from '../columns.js';

const [least, most] = ['-9223372036854775808', '9223372036854775807'];
const random = createRandom(5);
const ages = Array.from({ length: 300 }, () => String(18 + random.integer(73)));
const scores = Array.from({ length: 300 }, () =>
  String(Math.round(100 * (50 + 10 * random.normal())) / 100),
);
const instants = ages.map((age) =>
  String(1_700_000_000_000_000n + (BigInt(age) * 977_111n) / 100n),
);

interface Fitted {
  readonly kind: string;
  readonly weight: number;
  readonly center: number;
}
const modesOf = (encoder: ColumnEncoder) => encoder.toJSON().modes as Fitted[];

const cases: [string, DataType, typeof fitInteger, string[], string[]][] = [
  [
    'limits of int64 beside ages',
    new Int64(),
    fitInteger,
    ages,
    [least, most, least, most, least, most],
  ],
  ['one limit of int64 beside ages', new Int64(), fitInteger, ages, [least]],
  ['a fifth of limits of int64 beside ages', new Int64(), fitInteger, ages, Array(60).fill(least)],
  [
    'one cell of 1.8e308 beside scores',
    new Float64(),
    fitContinuous,
    scores,
    ['1.7976931348623157e+308'],
  ],
  [
    'both limits of float64',
    new Float64(),
    fitContinuous,
    scores,
    ['1.7976931348623157e+308', '-1.7976931348623157e+308'],
  ],
  [
    'a tenth of 1e300 beside scores',
    new Float64(),
    fitContinuous,
    scores,
    Array(30).fill('1e+300'),
  ],
  [
    'limits beside instants',
    new TimestampMicrosecond('Europe/Berlin'),
    fitTemporal,
    instants,
    [least, least, least],
  ],
];

describe.each(cases)('%s', (_, type, encoderOf, bulk, extremes) => {
  const vector = column(type, [...bulk, ...extremes]);
  const encoder = encoderOf(field(type), vector);

  it('should come back: the bulk exactly, extremes within the precision of float32', () => {
    const back = readTexts(roundTrip(encoder, vector));

    expect(back.slice(0, bulk.length)).toEqual(bulk);
    back.slice(bulk.length).forEach((text, place) => {
      expect(Math.abs(Number(text) / Number(extremes[place]) - 1)).toBeLessThan(1e-6);
    });
  });

  it('should leave the bulk modes of its own scale', () => {
    const [scalars] = encoder.encode(vector, createRandom(1));
    const places = new Set([...(scalars as Float32Array)].slice(0, bulk.length));

    expect(places.size).toBeGreaterThan(50);
    expect(modesOf(encoder).filter(({ kind }) => kind === 'gaussian').length).toBeGreaterThan(0);
  });

  it('should be the same after a round trip through JSON', () => {
    const read = encoderFromJSON(field(type), JSON.parse(JSON.stringify(encoder)));

    expect(readTexts(roundTrip(read, vector))).toEqual(readTexts(roundTrip(encoder, vector)));
  });

  it('should make repeated extremes point masses', () => {
    const atoms = modesOf(encoder).filter(({ kind }) => kind === 'atom');
    const repeated = extremes
      .filter((text, place) => extremes.indexOf(text) === place)
      .filter((text) => {
        return extremes.filter((other) => other === text).length >= 3;
      });

    expect(atoms).toHaveLength(repeated.length);
  });
});
