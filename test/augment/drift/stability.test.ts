import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestGap, stabilityIndex } from '../../../src/augment/drift/stability.js';
import { caseCount } from '../../support/cases.js';

const shares = fc
  .array(fc.nat(100), { minLength: 6, maxLength: 6 })
  .filter((counts) => counts.some((count) => count > 0))
  .map((counts) => {
    const sum = counts.reduce((a, b) => a + b, 0);
    return counts.map((count) => count / sum);
  });

describe('stabilityIndex and largestGap', () => {
  it('should be 0 for the same shares, and never below, the same both ways round', () => {
    fc.assert(
      fc.property(shares, shares, (p, q) => {
        expect(stabilityIndex(p, p)).toBe(0);
        expect(stabilityIndex(p, q)).toBeGreaterThanOrEqual(0);
        expect(stabilityIndex(p, q)).toBeCloseTo(stabilityIndex(q, p), 9);
        expect(largestGap(p, q)).toBeLessThanOrEqual(1 + 1e-9);
        expect(largestGap(p, q)).toBeCloseTo(largestGap(q, p), 9);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should be what the textbook says', () => {
    expect(stabilityIndex([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.25 * Math.log(3), 12);
    expect(largestGap([0.5, 0.5], [0.25, 0.75])).toBe(0.25);
  });

  it('should stay finite where a bin is empty', () => {
    expect(stabilityIndex([1, 0], [0, 1])).toBeLessThan(20);
  });
});
