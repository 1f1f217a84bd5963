import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, Sequences } from '../../../src/columns/column.js';
import { createWarping, pathScale, pathsOf } from '../../../src/evaluate/sequence/warping.js';

/** Sequences of one series of numbers. */
function sequencesOf(...rows: readonly (readonly number[])[]): Sequences {
  const offsets = Int32Array.from([0, ...rows.map((_, k) => rows.slice(0, k + 1).flat().length)]);
  const column: Column = {
    ...{ kind: 'numeric', name: 'x', temporal: false },
    values: Float64Array.from(rows.flat()),
  };
  return { offsets, steps: [column] };
}

const plain = { series: [{ isCode: false, mean: 0, unit: 1 }] };
const distanceOf = (a: readonly number[], b: readonly number[]) => {
  const [first, second] = pathsOf(sequencesOf(a, b), plain);
  return createWarping(plain)(first as never, second as never);
};

/** The definition, without a band: the least sum over all paths. */
function plainWarping(a: readonly number[], b: readonly number[], reach: number): number {
  const cost = (i: number, j: number): number => {
    if (i < 0 || j < 0 || Math.abs(i - j) > reach) return Number.POSITIVE_INFINITY;
    const own = ((a[i] as number) - (b[j] as number)) ** 2;
    if (i === 0 && j === 0) return own;
    return own + Math.min(cost(i - 1, j), cost(i, j - 1), cost(i - 1, j - 1));
  };
  return Math.sqrt(cost(a.length - 1, b.length - 1) / Math.max(a.length, b.length));
}

const series = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 7 });

describe('createWarping', () => {
  it('should be the least sum over all matches within the band', () => {
    fc.assert(
      fc.property(series, series, (a, b) => {
        const reach = Math.max(Math.abs(a.length - b.length), 1);

        expect(distanceOf(a, b)).toBeCloseTo(plainWarping(a, b, reach));
      }),
      { numRuns: 60 },
    );
  });

  it('should forgive a shift in time, but no more than a tenth of the length', () => {
    const pulse = (at: number) => Array.from({ length: 20 }, (_, step) => (step === at ? 1 : 0));

    expect(distanceOf(pulse(10), pulse(12))).toBe(0);
    expect(distanceOf(pulse(5), pulse(15))).toBeGreaterThan(0.3);
  });

  it('should count different codes, and null beside a number, as one', () => {
    const steps: Column[] = [
      {
        kind: 'numeric',
        name: 'x',
        temporal: false,
        values: Float64Array.of(Number.NaN, Number.NaN, 5),
      },
      { kind: 'categorical', name: 's', levels: ['p', 'q'], codes: Int32Array.of(0, 1, 0) },
    ];
    const sequences = { offsets: Int32Array.of(0, 1, 2, 3), steps };
    const scale = pathScale(sequences);
    const [a, b, c] = pathsOf(sequences, scale) as [never, never, never];
    const warp = createWarping(scale);

    expect(warp(a, a)).toBe(0);
    expect(warp(a, b)).toBeCloseTo(Math.sqrt(1 / 2));
    expect(warp(a, c)).toBeCloseTo(Math.sqrt(1 / 2));
  });

  it('should average long sequences to 64 points', () => {
    const long = Array.from({ length: 640 }, (_, step) => step);

    const [path] = pathsOf(sequencesOf(long), plain);

    expect(path?.points).toBe(64);
    expect([...(path?.values.subarray(0, 2) ?? [])]).toEqual([4.5, 14.5]);
  });
});
