import { describe, expect, it } from 'vitest';
import { planBudget, spentAfter } from '../../src/privacy/budget.js';
import { createNoisyCounts, projectCounts } from '../../src/privacy/noisy-counts.js';
import { createSecretRandom } from '../../src/privacy/secret-random.js';

const planned = {
  histograms: 12,
  openHistograms: 4,
  share: 0.3,
  pairs: 0,
  pairShare: 0.5,
  updates: 1000,
  sampleRate: 0.02,
} as const;

describe('planBudget', () => {
  it.each([0.5, 1, 10])('should spend what is promised, and no more: ε %d', (epsilon) => {
    const budget = planBudget({ epsilon, delta: 1e-6 }, planned);

    const spent = spentAfter(budget, planned.updates).epsilon;

    expect(spent).toBeLessThanOrEqual(epsilon);
    expect(spent).toBeGreaterThan(0.99 * epsilon);
  });

  it('should have spent less after fewer updates, and the histograms before any', () => {
    const budget = planBudget({ epsilon: 1, delta: 1e-6 }, planned);

    const spent = [0, 10, 500].map((updates) => spentAfter(budget, updates).epsilon);

    expect(spent[0]).toBeGreaterThan(0.25);
    expect(spent[0]).toBeLessThanOrEqual(0.3);
    expect(spent).toEqual([...spent].sort((a, b) => a - b));
  });

  it('should hold a cell of one row back but for a tenth of δ', () => {
    const { countThreshold, countDeviation } = planBudget({ epsilon: 1, delta: 1e-6 }, planned);

    // The tail of a normal number beyond z is 1e-7 / 4.
    expect((countThreshold - 1) / countDeviation).toBeCloseTo(5.451310437, 6);
  });
});

describe('createNoisyCounts', () => {
  it('should release no more histograms than are paid for', () => {
    const budget = planBudget({ epsilon: 1, delta: 1e-6 }, { ...planned, histograms: 2 });
    const counts = createNoisyCounts(budget, createSecretRandom(undefined, 'test'));
    const histogram = Float64Array.of(1, 2);

    const released = [counts.addTo(histogram), counts.addTo(histogram)];

    expect(released[0]).not.toEqual(released[1]);
    expect(() => counts.addTo(histogram)).toThrow(/more histograms/);
  });
});

describe('projectCounts', () => {
  it.each([
    ['too many, as the nearest ones', [10, 5, -4], 9, [7, 2, 0]],
    ['too few, in proportion', [6, 2, -4], 16, [12, 4, 0]],
    ['none, evenly', [-1, -2], 4, [2, 2]],
  ])('should make counts of a total of %s', (_, noisy, total, expected) => {
    expect([...projectCounts(Float64Array.from(noisy), total)]).toEqual(expected);
  });
});
