import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../src/report/shorten.js';

describe('shorten', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['列の名前', 8, '列の名前'],
    ['列の名前', 6, '列の…'],
    ['🐧🐧', 3, '🐧…'],
  ])('should make of %s at %i wide %s', (text, most, expected) => {
    const short = shorten(text, most);

    expect(short).toBe(expected);
  });

  it('should never make a text longer, nor cut a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const short = shorten(text, most);

        expect(Array.from(short).length).toBeLessThanOrEqual(Math.max(most, 1));
        expect(text.startsWith(short.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});
