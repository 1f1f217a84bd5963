import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epsilonOf, findNoiseMultiplier } from '../../src/privacy/accountant.js';

/** What dp-accounting 0.6's RdpAccountant says: `bench/peers/accountant.py`. */
const golden = [
  [0.001, 0.6, 1000, 1e-5, 2.5453503550422196],
  [0.001, 5, 10_000, 1e-8, 0.0993722370487663],
  [0.01, 0.8, 1000, 1e-5, 3.6956131929533838],
  [0.01, 1, 10_000, 1e-5, 6.712756664482653],
  [0.01, 20, 10_000, 1e-8, 0.25969944283049723],
  [0.02, 1, 1000, 1e-5, 4.32416911441111],
  [0.02, 2, 100, 1e-8, 0.6956263630973251],
  [0.02, 5, 10_000, 1e-5, 1.7206330644531085],
  [0.1, 0.6, 100, 1e-5, 23.353709016936023],
  [0.1, 2, 1000, 1e-5, 8.946956795817709],
  [0.1, 20, 10_000, 1e-5, 2.16926474327348],
] as const;

const settings = fc.record({
  epsilon: fc.double({ min: 0.1, max: 20, noNaN: true }),
  count: fc.integer({ min: 1, max: 5000 }),
  sampleRate: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
});

describe('epsilonOf', () => {
  it.each(golden)(
    "should equal Google's accountant at rate %d, noise %d, %d releases and δ %d",
    (sampleRate, noiseMultiplier, count, delta, epsilon) => {
      const own = epsilonOf([{ count, noiseMultiplier, sampleRate }], delta);

      expect(Math.abs(own / epsilon - 1)).toBeLessThan(1e-9);
    },
  );

  it('should be that of a plain Gaussian where all rows have a part', () => {
    // Balle and Wang's exact δ of ε 1 is 1e-5 at noise 3.73; by Rényi divergences it takes a little more.
    const epsilon = epsilonOf([{ count: 1, noiseMultiplier: 3.73, sampleRate: 1 }], 1e-5);

    expect(epsilon).toBeGreaterThan(1);
    expect(epsilon).toBeLessThan(1.2);
  });

  it('should cost nothing to release nothing', () => {
    expect(epsilonOf([{ count: 0, noiseMultiplier: 1, sampleRate: 0.1 }], 1e-5)).toBe(0);
  });

  it('should not fall with more releases, nor rise with more noise', () => {
    fc.assert(
      fc.property(settings, fc.double({ min: 0.5, max: 10, noNaN: true }), (setting, noise) => {
        const { count, sampleRate } = setting;
        const cost = (releases: number, noiseMultiplier: number) =>
          epsilonOf([{ count: releases, noiseMultiplier, sampleRate }], 1e-5);

        expect(cost(count + 1, noise)).toBeGreaterThanOrEqual(cost(count, noise));
        expect(cost(count, noise * 1.1)).toBeLessThanOrEqual(cost(count, noise));
      }),
      { numRuns: 10 },
    );
  });
});

describe('findNoiseMultiplier', () => {
  it('should find noise that stays within ε, and no more than it takes', () => {
    fc.assert(
      fc.property(settings, ({ epsilon, count, sampleRate }) => {
        const noiseMultiplier = findNoiseMultiplier(epsilon, 1e-5, { count, sampleRate });
        const cost = (noise: number) =>
          epsilonOf([{ count, sampleRate, noiseMultiplier: noise }], 1e-5);

        expect(cost(noiseMultiplier)).toBeLessThanOrEqual(epsilon);
        expect(cost(noiseMultiplier * 0.999)).toBeGreaterThan(epsilon * 0.99);
      }),
      { numRuns: 8 },
    );
  });

  it('should say so where what else is released leaves nothing', () => {
    const others = [{ count: 10, sampleRate: 1, noiseMultiplier: 1 }];

    expect(() => findNoiseMultiplier(1, 1e-5, { count: 1, sampleRate: 0.1 }, others)).toThrow(
      /no noise keeps a training within epsilon 1.*pairShare/,
    );
  });

  it('should leave room for what else is released', () => {
    const others = [{ count: 10, sampleRate: 1, noiseMultiplier: 20 }];
    const updates = { count: 1000, sampleRate: 0.02 };

    const noiseMultiplier = findNoiseMultiplier(2, 1e-5, updates, others);

    expect(noiseMultiplier).toBeGreaterThan(findNoiseMultiplier(2, 1e-5, updates));
    expect(epsilonOf([...others, { ...updates, noiseMultiplier }], 1e-5)).toBeLessThanOrEqual(2);
  });
});
