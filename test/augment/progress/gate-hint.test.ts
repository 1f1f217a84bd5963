import { describe, expect, it } from 'vitest';
import type { AugmentEvent } from '../../../src/augment/events.js';
import { createGateHint } from '../../../src/augment/progress/gate-hint.js';

const part = (fold: number): AugmentEvent => ({
  type: 'gate-started',
  target: 'label',
  ratio: 0.5,
  fold,
  folds: 3,
});
const decided = (mixes: boolean): AugmentEvent => ({
  type: 'gate',
  verdict: 'cannot tell',
  mixes,
  ratio: mixes ? 0.5 : 0,
  target: 'label',
  measure: 'R²',
  reason: 'so it is',
  gain: { mean: 0, low: -1, high: 1 },
  trials: [],
  free: {},
  by: { rows: 9, folds: 3, repeats: 1 },
  seconds: 12,
});

describe('createGateHint', () => {
  it('should say once that the gate measures for long', () => {
    let time = 0;
    const hint = createGateHint(10, () => time);

    const said = [1, 2, 3].map((fold) => {
      const line = hint(part(fold));
      time += 10_000;
      return line;
    });

    expect(said).toEqual([
      undefined,
      "the gate goes on measuring what synthetic rows at 0.5 do to predictions of 'label', part 2 of " +
        "3; progress: 'log' shows more",
      undefined,
    ]);
  });

  it('should say where nothing is let in, and nothing else', () => {
    const hint = createGateHint(10, () => 0);

    expect(hint(decided(true))).toBeUndefined();
    expect(hint(decided(false))).toBe(
      'gate: whether synthetic rows help cannot be told; none are mixed in: so it is (measured in 12 s)',
    );
  });
});
