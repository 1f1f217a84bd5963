import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../src/encode/modes/mode.js';
import { coverRange } from '../../../src/encode/modes/mode-coverage.js';

const gaussian = (center: number, halfWidth: number): Mode => ({
  kind: 'gaussian',
  center,
  deviation: halfWidth / 4,
  halfWidth,
  weight: 0.5,
});

describe('coverRange', () => {
  it('should stretch a Gaussian over a small hole', () => {
    const modes = coverRange([gaussian(5, 4)], { minimum: 0, maximum: 10 }, new Float64Array(0), 1);

    expect(modes).toHaveLength(1);
    expect(0.99 * (modes[0]?.halfWidth ?? 0)).toBeCloseTo(5, 12);
  });

  it('should bridge a large hole, and leave the Gaussians as narrow as they were', () => {
    const given = [gaussian(1, 1), gaussian(99, 1)];
    const values = Float64Array.of(1, 50, 99, 99);

    const modes = coverRange(given, { minimum: 0.1, maximum: 99.9 }, values, 8);

    expect(modes.slice(0, 2)).toEqual(given);
    expect(modes[2]).toMatchObject({ kind: 'bridge', center: 50, weight: 0.125 });
    expect(0.99 * (modes[2]?.halfWidth ?? 0)).toBeCloseTo(49.9, 12);
  });

  it('should not bridge a hole that is only rounding', () => {
    const counts = Array.from({ length: 1000 }, (_, i) => {
      const [center, reach] = [i / 700, (i + 1) / 30];
      const range = { minimum: center - reach, maximum: center + reach };
      return coverRange([gaussian(center, reach / 0.99)], range, new Float64Array(0), 1).length;
    });

    expect(Math.max(...counts)).toBe(1);
  });

  it('should add nothing to a single value', () => {
    const atom: Mode = { kind: 'atom', center: 3, deviation: 0, halfWidth: 0, weight: 1 };

    expect(coverRange([atom], { minimum: 3, maximum: 3 }, new Float64Array(0), 1)).toEqual([atom]);
  });
});
