import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupSorted,
  momentsOf,
  runStarts,
  spreadRuns,
} from '../../../src/encode/modes/sample-groups.js';

const sample = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 })
  .map((values) => Float64Array.from(values).sort());

describe('spreadRuns', () => {
  it('should leave distinct values as they are', () => {
    const values = Float64Array.of(1, 2, 4, 8);

    expect(spreadRuns(values.slice())).toEqual(values);
  });

  it('should keep order and means, and make no gap larger', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const spread = spreadRuns(values.slice());

        expect(spread).toEqual(spread.toSorted());
        expect(momentsOf(spread).mean).toBeCloseTo(momentsOf(values).mean, 9);
        if (runStarts(values).length > 2) expect(runStarts(spread).length).toBe(values.length + 1);
      }),
    );
  });

  it('should keep a far run narrow', () => {
    const spread = spreadRuns(Float64Array.of(1, 2, 3, 1000, 1000));

    expect((spread[4] as number) - (spread[3] as number)).toBeLessThan(1);
  });
});

describe('groupSorted', () => {
  it('should keep the count, the mean and the variance of the sample', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 64 }), (values, maximum) => {
        const { weight, mean, variance } = groupSorted(values, maximum);
        const total = weight.reduce((sum, each) => sum + each, 0);
        const first = mean.reduce((sum, each, i) => sum + each * (weight[i] as number), 0) / total;
        const second = mean.reduce((sum, each, i) => {
          return sum + (weight[i] as number) * ((each - first) ** 2 + (variance[i] as number));
        }, 0);

        expect(weight.length).toBeLessThanOrEqual(maximum);
        expect(total).toBe(values.length);
        expect(first).toBeCloseTo(momentsOf(values).mean, 9);
        expect(second / total).toBeCloseTo(momentsOf(values).variance, 7);
      }),
    );
  });

  it('should not join values across a wide gap', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 993 ? i : 1e6 + i));

    const { mean } = groupSorted(values, 50);

    expect(mean.some((each) => each > 1000 && each < 1e6)).toBe(false);
  });
});
