import { type DataType, Float16, Float32, Float64, type Vector } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFloats } from '../../../src/encode/cells/column-values.js';
import { fitContinuous } from '../../../src/encode/columns/continuous.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { createRandom } from '../../../src/random.js';
import { caseCount } from '../../support/cases.js';
import { column, field, roundTrip } from '../columns.js';

const floats = (type: DataType, values: readonly number[]) => column(type, values.map(String));

const scales = [5e-324, 1e-310, 1e-30, 1, 1e30, 1e300].map((scale) =>
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value * scale),
);
const types: [string, DataType, fc.Arbitrary<number>, number][] = [
  [
    'float64',
    new Float64(),
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), ...scales),
    2 ** -52,
  ],
  ['float32', new Float32(), fc.float({ noNaN: true, noDefaultInfinity: true }), 2 ** -23],
  [
    'float16',
    new Float16(),
    fc.integer({ min: -2048, max: 2048 }).map((value) => value / 4),
    2 ** -10,
  ],
];

/** Within 2^-23 of the range, and the rounding of the type; all of it in a scale without overflow. */
function expectClose(actual: Vector, expected: Vector, sample: Vector, rounding: number) {
  const [decoded, values, seen] = [actual, expected, sample].map((vector) =>
    readFloats(vector).map((value) => value / 16),
  ) as [Float64Array, Float64Array, Float64Array];
  const tolerance = (Math.max(...seen) - Math.min(...seen)) * 2 ** -23;
  values.forEach((value, row) => {
    const error = Math.abs((decoded[row] as number) - value);
    expect(error).toBeLessThanOrEqual(tolerance + Math.abs(value) * rounding * 2 + 5e-324);
  });
}

describe.each(types)('fitContinuous of %s', (_, type, value, rounding) => {
  const values = fc.array(value, { minLength: 1, maxLength: 29 });

  it('should bring back every value of its sample within the tolerance', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const vector = floats(type, sample);

        const back = roundTrip(fitContinuous(field(type), vector), vector);

        expectClose(back, vector, vector, rounding);
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should bring back other values within the range too', () => {
    fc.assert(
      fc.property(values, value, (sample, other) => {
        const inside = Math.max(Math.min(...sample), Math.min(Math.max(...sample), other));
        const [fitted, vector] = [floats(type, sample), floats(type, [inside])];

        const back = roundTrip(fitContinuous(field(type), fitted), vector);

        expectClose(back, vector, fitted, rounding);
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should decode the same after a round trip through JSON', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const vector = floats(type, sample);
        const encoder = fitContinuous(field(type), vector);

        const read = encoderFromJSON(field(type), JSON.parse(JSON.stringify(encoder)));

        expect(readFloats(roundTrip(read, vector))).toEqual(readFloats(roundTrip(encoder, vector)));
        expect(read.toJSON()).toEqual(encoder.toJSON());
      }),
      { numRuns: caseCount(25, 100) },
    );
  });
});

describe('fitContinuous', () => {
  it('should bring back NaN and infinities of its sample', () => {
    const values = [1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 4];
    const vector = floats(new Float64(), values);
    const encoder = fitContinuous(field(new Float64()), vector);

    const read = encoderFromJSON(field(new Float64()), JSON.parse(JSON.stringify(encoder)));

    expect(
      [...readFloats(roundTrip(read, vector))].filter((value) => !Number.isFinite(value)),
    ).toEqual(values.filter((value) => !Number.isFinite(value)));
  });

  it('should make finite numbers of NaN and infinities that its sample did not have', () => {
    const encoder = fitContinuous(field(new Float64()), floats(new Float64(), [1, 2, 4]));
    const vector = floats(new Float64(), [Number.NaN, Number.POSITIVE_INFINITY]);

    expect(readFloats(roundTrip(encoder, vector)).every(Number.isFinite)).toBe(true);
  });

  it('should keep the decimals of its sample', () => {
    const random = createRandom(3);
    const prices = Array.from({ length: 300 }, () => random.integer(100_000) / 100);
    const encoder = fitContinuous(field(new Float32()), floats(new Float32(), prices));
    const spans = encoder.spans.map((span) =>
      span.kind === 'scalar'
        ? random.fillUniform(new Float32Array(50))
        : Int32Array.from({ length: 50 }, () => random.integer(span.width)),
    );

    const data = encoder.decode(spans, 50, random);

    for (const value of data.values) expect(value).toBe(Math.fround(Math.round(value * 100) / 100));
  });

  it('should encode a null row without a trace of what lies under it', () => {
    const sample = column(new Float64(), ['1', '2', null, '5']);
    const encoder = fitContinuous(field(new Float64()), sample);

    const back = readFloats(roundTrip(encoder, sample));

    expect(back[2]).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(encoder)).not.toContain('null');
  });
});
