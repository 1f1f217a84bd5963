import { describe, expect, it } from 'vitest';
import { categoryAdherence, rangeAdherence } from '../../../src/evaluate/fidelity/adherence.js';

const numbers = (...values: number[]) => Float64Array.from(values);
const codes = (...values: number[]) => Int32Array.from(values);

describe('rangeAdherence', () => {
  it('should give the share of known numbers within the real range, its ends among them', () => {
    const share = rangeAdherence(numbers(1, 3, Number.NaN), numbers(1, 3, 4, 0, Number.NaN));

    expect(share).toBe(0.5);
  });

  it('should be null where a side has no number', () => {
    expect(rangeAdherence(numbers(Number.NaN), numbers(1))).toBeNull();
    expect(rangeAdherence(numbers(1), numbers(Number.NaN))).toBeNull();
  });
});

describe('categoryAdherence', () => {
  it('should give the share of known values whose level is a real one', () => {
    expect(categoryAdherence(codes(0, 1, -1), codes(0, 2, 2, 1, -1), 3)).toBe(0.5);
  });

  it('should be null where a side has no value', () => {
    expect(categoryAdherence(codes(-1), codes(0), 1)).toBeNull();
    expect(categoryAdherence(codes(0), codes(-1), 1)).toBeNull();
  });
});
