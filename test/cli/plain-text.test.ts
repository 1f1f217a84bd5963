import { describe, expect, it } from 'vitest';
import { counted } from '../../src/augment/progress/words.js';
import { plainText } from '../../src/cli/plain-text.js';

describe('plainText', () => {
  it('should leave ordinary text alone', () => {
    expect(plainText("größe 'x' → 3")).toBe("größe 'x' → 3");
  });

  it('should write control characters out', () => {
    expect(plainText('a\nb\r\tc\u001b[2Jd\u009b')).toBe('a\\nb\\r\\tc\\u001b[2Jd\\u009b');
  });
});

describe('counted', () => {
  it.each([
    [0, '0 rows'],
    [1, '1 row'],
    [1234567, '1,234,567 rows'],
  ])('should count %i', (count, text) => {
    expect(counted(count, 'row')).toBe(text);
  });
});
