import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesBetween,
  isSuspicious,
  type RowCosts,
  rowsWithin,
} from '../../../../src/data/parquet/format/row-costs.js';

const part = fc.record({
  rows: fc.integer({ min: 1, max: 50 }),
  bytes: fc.nat(5000),
  widest: fc.nat(500),
});

describe('rowsWithin', () => {
  it('should give the most rows that fit, and one where not even one does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(part, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
        fc.nat(40),
        fc.nat(4000),
        (columns, start, budget) => {
          const rows = rowsWithin(columns, start, budget, 60);

          expect(rows).toBeGreaterThanOrEqual(1);
          if (rows > 1) {
            expect(bytesBetween(columns, start, start + rows)).toBeLessThanOrEqual(budget);
          }
          if (rows < 60) {
            expect(bytesBetween(columns, start, start + rows + 1)).toBeGreaterThan(budget);
          }
        },
      ),
    );
  });

  it('should expect all bytes of a page in any of its rows', () => {
    const uneven: RowCosts[] = [
      { rows: 10, bytes: 10, widest: 1 },
      { rows: 10, bytes: 1000, widest: 1000 },
    ];

    expect(rowsWithin([uneven], 0, 100, 20)).toBe(10);
    expect(rowsWithin([uneven], 10, 100, 10)).toBe(1);
  });
});

describe('isSuspicious', () => {
  it.each([
    [2 ** 27, 1, false],
    [2 ** 27 + 1, 1, true],
    [2 ** 30, 2 ** 24, false],
  ])('should be said of %d bytes out of %d: %s', (bytes, packed, expected) => {
    expect(isSuspicious([[{ rows: 1, bytes, widest: bytes }]], packed)).toBe(expected);
  });
});
