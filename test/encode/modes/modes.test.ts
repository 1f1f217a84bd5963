import { describe, expect, it } from 'vitest';
import { fitModes } from '../../../src/encode/modes/modes.js';
import { createRandom } from '../../../src/random.js';

describe('fitModes', () => {
  it('should give shared values modes of their own', () => {
    const random = createRandom(1);
    const values = Float64Array.from({ length: 2000 }, (_, i) => {
      if (i % 2 === 0) return 0;
      return i % 10 === 1 ? 40 : 100 + 10 * random.normal();
    });

    const { modes } = fitModes(values);

    const atoms = modes.filter(({ kind }) => kind === 'atom');
    expect(atoms.map(({ center, weight }) => [center, weight])).toEqual([
      [0, 0.5],
      [40, 0.1],
    ]);
    expect(modes.some(({ kind }) => kind === 'gaussian')).toBe(true);
  });

  it('should give NaN and infinities modes of their own', () => {
    const { modes, minimum, maximum } = fitModes(
      Float64Array.of(1, 2, Number.NaN, 3, Number.POSITIVE_INFINITY),
    );

    const atoms = modes.filter(({ kind }) => kind === 'atom').map(({ center }) => center);
    expect(atoms).toEqual([Number.NaN, Number.POSITIVE_INFINITY]);
    expect([minimum, maximum]).toEqual([1, 3]);
  });

  it('should make one Gaussian column one mode, stretched over its tails', () => {
    const values = createRandom(3).fillNormal(new Float32Array(20_000));

    const { modes, minimum, maximum } = fitModes(Float64Array.from(values));

    expect(modes).toHaveLength(1);
    const { center = 0, halfWidth = 0 } = modes[0] ?? {};
    expect(center - 0.99 * halfWidth).toBeLessThanOrEqual(minimum + 1e-9);
    expect(center + 0.99 * halfWidth).toBeGreaterThanOrEqual(maximum - 1e-9);
  });
});
