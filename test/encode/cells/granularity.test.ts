import { Float32, Float64 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { commonStep, decimalsOf, roundTo } from '../../../src/encode/cells/granularity.js';

const multiples = (count: number, of: number) =>
  Array.from({ length: count }, (_, i) => BigInt(i * of));

describe('commonStep', () => {
  it('should find the greatest step that all values are on', () => {
    expect(commonStep(multiples(40, 300))).toBe(300n);
    expect(commonStep(multiples(40, 7))).toBe(7n);
    expect(commonStep([...multiples(40, 300), 1n])).toBe(1n);
  });

  it('should not judge by few values, or by few different ones', () => {
    expect(commonStep(multiples(29, 300))).toBe(1n);
    expect(commonStep(multiples(40, 2).map((value) => value % 20n))).toBe(1n);
  });
});

describe('decimalsOf', () => {
  const values = (step: number) => Float64Array.from({ length: 40 }, (_, i) => i * step);

  it('should count the decimals that the values have', () => {
    expect(decimalsOf(values(0.25), new Float64())).toBe(2);
    expect(decimalsOf(values(3), new Float64())).toBe(0);
    expect(decimalsOf(values(0.25).map(Math.fround), new Float32())).toBe(2);
  });

  it('should give none for long fractions, or for few values', () => {
    expect(decimalsOf(values(1 / 3), new Float64())).toBeUndefined();
    expect(decimalsOf(values(0.5).subarray(0, 29), new Float64())).toBeUndefined();
  });
});

describe('roundTo', () => {
  it('should round to decimals, leave what has none, and make no negative zero', () => {
    expect(roundTo(1.005, 1, new Float64())).toBe(1);
    expect(roundTo(0.1234, 2, new Float32())).toBe(Math.fround(0.12));
    expect(roundTo(1e300, 3, new Float64())).toBe(1e300);
    expect(roundTo(-0.01, 1, new Float64())).toBe(0);
    expect(roundTo(Number.NaN, 1, new Float64())).toBeNaN();
  });
});
