import { describe, expect, it } from 'vitest';
import { helpOf, trialsOf, verdictOf } from '../../../src/augment/gate/decide.js';
import type { Gain } from '../../../src/augment/gate/verdict.js';

const interval = (mean: number, half = 0.01) => ({ mean, low: mean - half, high: mean + half });
const gainOf = (macroF1: number, averagePrecision: number, half?: number): Gain => ({
  gain: interval((macroF1 + averagePrecision) / 2, half),
  measures: { macroF1: interval(macroF1), averagePrecision: interval(averagePrecision) },
});

describe('helpOf', () => {
  it.each([
    ['helps', gainOf(0.04, 0.02)],
    ['hurts', gainOf(-0.04, -0.02)],
    ['cannot tell', gainOf(0.04, 0.02, 0.05)],
    // One measure pays for the other.
    ['cannot tell', gainOf(0.08, -0.02)],
  ] as const)('should say %s', (expected, gain) => {
    expect(helpOf(gain)).toBe(expected);
  });
});

describe('verdictOf', () => {
  const by = { rows: 200, folds: 5, repeats: 3 };
  const candidates = ['a', 'b'].map((name, k) => ({
    name,
    recipe: 'smote-nc' as const,
    ratio: 0.5 / (k + 1),
    conditions: undefined,
  }));
  const decide = (first: Gain, second: Gain, free: Record<string, Gain> = {}) => {
    const arms = { a: first, b: second };
    const comparison = {
      task: 'classification' as const,
      tested: 100,
      trainings: 3,
      real: {},
      arms,
      free,
    };
    const trials = trialsOf(comparison, candidates, { atLeast: undefined, mix: 'if it helps' });
    return verdictOf(trials, comparison, { target: 'label', by });
  };

  it('should take the best of what helps, not what gains most and cannot be told', () => {
    const { ratio, mixes, recipe } = decide(gainOf(0.03, 0.03), gainOf(0.09, 0.09, 0.2));

    expect({ ratio, mixes, recipe }).toEqual({ ratio: 0.5, mixes: true, recipe: 'smote-nc' });
  });

  it('should name what gains as much for nothing', () => {
    const free = { 'class weights': gainOf(0.05, 0.05), 'another threshold': gainOf(0.01, 0) };

    const { reason } = decide(gainOf(0.03, 0.03), gainOf(0.02, 0.02), free);

    expect(reason).toContain('class weights without any synthetic row: +0.050');
    expect(reason).not.toContain('another threshold');
  });

  it('should say in words what was found, and by how many rows', () => {
    const { reason, verdict, mixes } = decide(gainOf(-0.03, -0.03), gainOf(-0.02, -0.02));

    expect({ verdict, mixes }).toEqual({ verdict: 'hurts', mixes: false });
    expect(reason).toBe(
      '−0.020 (95 % from −0.030 to −0.010) in the mean of macro F1 and average precision of ' +
        "'label', 3 × 5 folds of 200 real rows",
    );
  });
});
