import { describe, expect, it } from 'vitest';
import { logAdd, logErfc, normalTail } from '../../src/privacy/log-space.js';

describe('logErfc', () => {
  // scipy's log_ndtr.
  it.each([
    [-8, Math.LN2],
    [-1, 0.6112323176780705],
    [0, 0],
    [0.5, -0.7350111298370848],
    [1.4999, -3.384141218397752],
    [1.5, -3.3844920895515536],
    [3, -10.720363041981116],
    [30, -903.9741171106442],
  ])('should be right at %d', (x, expected) => {
    expect(Math.abs(logErfc(x) - expected)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected)));
  });

  it('should have no step where its series meet', () => {
    expect(Math.abs(logErfc(1.5) - logErfc(1.5 - 1e-12))).toBeLessThan(1e-11);
  });
});

describe('logAdd', () => {
  it('should add numbers by their logarithms, also those that are far apart', () => {
    expect(logAdd(Math.log(3), Math.log(4))).toBeCloseTo(Math.log(7), 14);
    expect(logAdd(-1000, 0)).toBe(0);
    expect(logAdd(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(
      Number.NEGATIVE_INFINITY,
    );
  });
});

describe('normalTail', () => {
  it.each([
    [0.5, 0],
    [0.025, 1.959963984540054],
    [1e-5, 4.264890793922825],
    [1e-12, 7.034483825301131],
  ])('should be exceeded at probability %d', (probability, z) => {
    expect(normalTail(probability)).toBeCloseTo(z, 7);
  });
});
