import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/columns/column.js';
import {
  autocorrelationDistance,
  autocorrelationOf,
  crossCorrelations,
} from '../../../src/evaluate/sequence/correlations.js';

const numbers = (name: string, ...values: number[]): Column => ({
  ...{ kind: 'numeric', name, temporal: false },
  values: Float64Array.from(values),
});
const codes = (...values: number[]): Column => ({
  ...{ kind: 'categorical', name: 's', levels: ['p', 'q'] },
  codes: Int32Array.from(values),
});

describe('autocorrelationOf', () => {
  it('should pair steps of one sequence, and never those of two', () => {
    const offsets = Int32Array.of(0, 4, 8);

    // Within both sequences numbers alternate; the step from one to the other does not.
    const found = autocorrelationOf(numbers('x', 0, 1, 0, 1, 1, 0, 1, 0), { offsets }, 2);

    expect(found[0]).toBeCloseTo(-1);
    expect(found[1]).toBeCloseTo(1);
  });

  it('should leave nulls out, and say nothing of what does not vary', () => {
    const offsets = Int32Array.of(0, 5);

    const found = autocorrelationOf(numbers('x', 1, Number.NaN, 2, 3, 4), { offsets }, 1);
    const constant = autocorrelationOf(numbers('x', 1, 1, 1, 1, 1), { offsets }, 1);

    expect(found[0]).toBeCloseTo(1);
    expect(constant).toEqual([null]);
  });

  it('should be kappa of categories: 1 for levels that stay, −1 for two that alternate', () => {
    const offsets = Int32Array.of(0, 4, 8);

    const staying = autocorrelationOf(codes(0, 0, 0, 0, 1, 1, 1, 1), { offsets }, 1);
    const alternating = autocorrelationOf(codes(0, 1, 0, 1, 1, 0, 1, 0), { offsets }, 1);
    const unknown = autocorrelationOf(codes(0, 1), { offsets: Int32Array.of(0, 1, 2) }, 1);

    expect(staying).toEqual([1]);
    expect(alternating).toEqual([-1]);
    expect(unknown).toEqual([null]);
  });
});

describe('autocorrelationDistance', () => {
  it('should be the mean over the lags that are known on both sides', () => {
    expect(autocorrelationDistance([1, 0.5, null], [0.5, 0.5, 1])).toBeCloseTo(0.25);
    expect(autocorrelationDistance([null], [1])).toBeNull();
  });
});

describe('crossCorrelations', () => {
  it('should be those of pairs of numbers over all steps, without categories', () => {
    const steps = [
      numbers('x', 1, 2, 3),
      codes(0, 1, 0),
      numbers('y', 3, 2, 1),
      numbers('z', 1, 2, 3),
    ];

    const found = crossCorrelations({ offsets: Int32Array.of(0, 1, 3), steps });

    expect(found.map((own) => Math.round(own as number))).toEqual([-1, 1, -1]);
  });
});
