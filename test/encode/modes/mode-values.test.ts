import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Modes } from '../../../src/encode/modes/mode.js';
import { decodeModes, encodeModes, modeSpans } from '../../../src/encode/modes/mode-values.js';
import { fitModes } from '../../../src/encode/modes/modes.js';
import { createRandom } from '../../../src/random.js';

const numbers = fc.array(
  fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** The largest error that `decodeModes` states, but for rounding in float64. */
function modeTolerance({ modes }: Modes): number {
  return Math.max(0, ...modes.map(({ halfWidth }) => halfWidth)) * 2 ** -24;
}

describe('mode-specific normalisation', () => {
  it('should bring back every number within the range of the sample', () => {
    fc.assert(
      fc.property(numbers, fc.array(share), (sample, shares) => {
        const fitted = fitModes(Float64Array.from(sample));
        const { minimum, maximum } = fitted;
        const inside = shares.map((t) => minimum + t * (maximum - minimum));
        const values = Float64Array.from([...sample, ...inside]);

        const spans = encodeModes(fitted, values, undefined, createRandom(1));
        const decoded = decodeModes(fitted, spans, values.length);

        values.forEach((value, row) => {
          const error = Math.abs((decoded[row] as number) - value);
          expect(error).toBeLessThanOrEqual(modeTolerance(fitted) + Math.abs(value) * 2 ** -50);
        });
        expect(modeTolerance(fitted)).toBeLessThanOrEqual((maximum - minimum) * 2 ** -23);
      }),
    );
  });

  it('should keep scalars within 0.99 and codes within the width', () => {
    fc.assert(
      fc.property(numbers, numbers, (sample, values) => {
        const fitted = fitModes(Float64Array.from(sample));

        const spans = encodeModes(fitted, Float64Array.from(values), undefined, createRandom(1));

        modeSpans(fitted).forEach((span, i) => {
          const bound = span.kind === 'scalar' ? Math.fround(0.99) : span.width - 1;
          for (const value of spans[i] ?? []) expect(Math.abs(value)).toBeLessThanOrEqual(bound);
        });
      }),
    );
  });

  it('should take numbers out of range to its edge', () => {
    const fitted = fitModes(Float64Array.of(1, 2, 4));
    const values = Float64Array.of(-100, 100, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);

    const decoded = decodeModes(fitted, encodeModes(fitted, values, undefined, createRandom(1)), 4);

    [1, 4, 4, 1].forEach((edge, row) => {
      expect(decoded[row]).toBeCloseTo(edge, 5);
    });
  });

  it('should never decode out of range, whatever the generator says', () => {
    const fitted = fitModes(Float64Array.of(0, 0.5, 1, 1.1, 7, 7.1));

    const codes = Int32Array.from({ length: 400 }, (_, row) => row % fitted.modes.length);
    const scalars = Float32Array.from(codes, (_, row) => (row % 2 === 0 ? 1 : -1));
    const spans = modeSpans(fitted).map(({ kind }) => (kind === 'scalar' ? scalars : codes));

    expect(decodeModes(fitted, spans, 400).every((value) => value >= 0 && value <= 7.1)).toBe(true);
  });

  it('should pick components in the proportions of their posterior', () => {
    const mode = { kind: 'gaussian', deviation: 1, halfWidth: 4 } as const;
    const fitted = {
      minimum: -4,
      maximum: 5,
      modes: [
        { ...mode, center: 0, weight: 0.6 },
        { ...mode, center: 1, weight: 0.4 },
      ],
    };

    const [, codes] = encodeModes(fitted, new Float64Array(20_000), undefined, createRandom(4));

    const second = Array.from(codes ?? []).filter((code) => code === 1).length / 20_000;
    const odds = 0.4 * Math.exp(-0.5);
    // Five standard errors of a share of 20,000.
    expect(Math.abs(second - odds / (odds + 0.6))).toBeLessThan(5 * Math.sqrt(0.25 / 20_000));
  });

  it('should draw once for each row, so that rows do not move each other', () => {
    const fitted = fitModes(Float64Array.from({ length: 100 }, (_, i) => (i % 7) + i / 100));
    const values = Float64Array.of(1.3, 2, Number.NaN, 5.5, 3.2);
    const valid = Uint8Array.of(1, 0, 1, 1, 1);

    const whole = encodeModes(fitted, values, valid, createRandom(9));
    const random = createRandom(9);
    const parts = [0, 1, 2, 3, 4].map((row) =>
      encodeModes(fitted, values.subarray(row, row + 1), valid.subarray(row, row + 1), random),
    );

    whole.forEach((span, i) => {
      expect([...span]).toEqual(parts.map((part) => part[i]?.[0]));
    });
  });
});
