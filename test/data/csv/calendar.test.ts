import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay, parseInstant } from '../../../src/data/csv/calendar.js';

const arbitraryDate = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

describe('parseDay', () => {
  it('should read every day of the years 0 to 9999', () => {
    fc.assert(
      fc.property(arbitraryDate, (date) => {
        const days = parseDay(date.toISOString().slice(0, 10));

        expect(days).toBe(Math.floor(date.getTime() / 86_400_000));
      }),
    );
  });

  it.each(['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '2023-4-3', '04/03/2023', ''])(
    'should not read %s',
    (text) => {
      expect(parseDay(text)).toBeUndefined();
    },
  );
});

describe('parseInstant', () => {
  it('should read every instant, to the millisecond, as it is in UTC', () => {
    fc.assert(
      fc.property(arbitraryDate, (date) => {
        const instant = parseInstant(date.toISOString());

        expect(instant).toEqual({ microseconds: BigInt(date.getTime()) * 1000n, zoned: true });
      }),
    );
  });

  it.each([
    ['2026-03-01 12:30', 1_772_368_200_000_000n, false],
    ['2026-03-01T12:30:00.000001', 1_772_368_200_000_001n, false],
    ['2026-03-01 12:30:00.5000000000', 1_772_368_200_500_000n, false],
    ['2026-03-01 12:30:00+01:00', 1_772_364_600_000_000n, true],
    ['2026-03-01 12:30:00-0530', 1_772_388_000_000_000n, true],
    ['2026-03-01 12:30:00+01', 1_772_364_600_000_000n, true],
  ])('should read %s', (text, microseconds, zoned) => {
    expect(parseInstant(text)).toEqual({ microseconds, zoned });
  });

  it.each([
    '2026-02-30 12:30',
    '2026-03-01 24:00',
    '2026-03-01 12:60',
    '2026-03-01 12:30:00.0000001',
  ])('should not read %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
