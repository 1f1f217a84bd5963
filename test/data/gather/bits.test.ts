import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitmapBytes, copyBits, countBits, setBits } from '../../../src/data/gather/bits.js';

const toBits = (bytes: Uint8Array) =>
  Array.from(bytes).flatMap((byte) => [0, 1, 2, 3, 4, 5, 6, 7].map((k) => (byte >> k) & 1));

describe('copyBits', () => {
  it('should copy any range to any place, and leave the rest', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        fc.nat(70),
        fc.nat(70),
        fc.nat(40),
        (source, a, b, at) => {
          const [start, end] = [
            Math.min(a, b, source.length * 8),
            Math.min(Math.max(a, b), source.length * 8),
          ];
          const target = new Uint8Array(bitmapBytes(at + end - start));

          copyBits(target, at, source, start, end - start);

          const bits = toBits(target);
          expect(bits.slice(at, at + end - start)).toEqual(toBits(source).slice(start, end));
          expect(bits.slice(0, at).some(Boolean)).toBe(false);
          expect(bits.slice(at + end - start).some(Boolean)).toBe(false);
        },
      ),
    );
  });
});

describe('setBits', () => {
  it('should set the bits of a range and no others, so that they can be counted', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (start, length) => {
        const target = new Uint8Array(bitmapBytes(start + length));

        setBits(target, start, length);

        const expected = toBits(target).map((_, k) => Number(k >= start && k < start + length));
        expect(toBits(target)).toEqual(expected);
        expect(countBits(target, start + length)).toBe(length);
        expect(countBits(target, start)).toBe(0);
      }),
    );
  });
});
