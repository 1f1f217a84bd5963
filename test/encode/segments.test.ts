import { describe, expect, it } from 'vitest';
import { groupSorted } from '../../src/encode/modes/sample-groups.js';
import { cutSegments, segmentStatistics } from '../../src/encode/segments.js';

const sample = groupSorted(
  Float64Array.from({ length: 300 }, (_, i) => i / 1000 + (i < 100 ? 0 : 5) + (i < 250 ? 0 : 995)),
  300,
);

describe('cutSegments', () => {
  it('should cut at the gaps first, and none twice', () => {
    const steps = cutSegments(sample, 3, 0.005, 1e-6);

    expect(steps.map((segments) => segments.map(({ end }) => end))).toEqual([
      [300],
      [250, 300],
      [100, 250, 300],
    ]);
  });

  it('should make no segment lighter than told', () => {
    const steps = cutSegments(sample, 10, 0.2, 1e-6);

    for (const { start, end } of steps.flat()) expect(end - start).toBeGreaterThanOrEqual(60);
  });
});

describe('segmentStatistics', () => {
  it('should give the moments of each segment', () => {
    const [, two = []] = cutSegments(sample, 2, 0.005, 1e-6);

    const { count, mean } = segmentStatistics(sample, two);

    expect([...count]).toEqual([250, 50]);
    expect(mean[1]).toBeCloseTo(1000.2745, 6);
  });
});
