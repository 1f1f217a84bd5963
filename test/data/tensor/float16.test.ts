import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfToNumber, numberToHalf } from '../../../src/data/tensor/float16.js';

describe('halves', () => {
  it('should come back bit for bit, all 65536 of them', () => {
    const wrong = [];
    for (let bits = 0; bits < 65536; bits++) {
      const value = halfToNumber(bits);
      const back = numberToHalf(value);
      if (Number.isNaN(value) ? !Number.isNaN(halfToNumber(back)) : back !== bits) wrong.push(bits);
    }

    expect(wrong).toEqual([]);
  });

  it('should be the nearest to any number', () => {
    fc.assert(
      fc.property(fc.float({ min: -65000, max: 65000, noNaN: true }), (value) => {
        const bits = numberToHalf(value);

        const error = Math.abs(halfToNumber(bits) - value);

        expect(error).toBeLessThanOrEqual(Math.abs(halfToNumber(bits + 1) - value));
        if ((bits & 0x7fff) > 0) {
          expect(error).toBeLessThanOrEqual(Math.abs(halfToNumber(bits - 1) - value));
        }
      }),
    );
  });

  it.each([
    [65519, 0x7bff],
    [65520, 0x7c00],
    [-1e9, 0xfc00],
    [2 ** -25, 0],
    [2 ** -25 * 1.01, 1],
    [-0, 0x8000],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
  ])('should round %d to %i', (value, bits) => {
    expect(numberToHalf(value)).toBe(bits);
  });
});
