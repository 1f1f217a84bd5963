import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordTraining } from '../../../src/gan/training/record.js';
import { caseCount } from '../../support/cases.js';

/** Losses that are the number of their step. */
const stepOf = (step: number, steps = 10) => ({ step, steps, losses: { critic: step } });

describe('recordTraining', () => {
  it('should keep each loss of a short training, its scores and the state that is kept', () => {
    const { onStep, onEvent, curves } = recordTraining();

    onStep({ step: 1, steps: 2, losses: { critic: 3, generator: Number.NaN } });
    onEvent({ type: 'score', step: 1, score: 0.5, best: true });
    onStep({ step: 2, steps: 2, losses: { critic: 1, generator: 2 } });
    onEvent({ type: 'done', step: 2, kept: 1, reason: 'steps' });

    expect(curves()).toEqual({
      steps: [1, 2],
      losses: { critic: [3, 1], generator: [null, 2] },
      scores: [{ step: 1, score: 0.5 }],
      kept: 1,
    });
  });

  it('should hold few points of a long training, whose means are those of its steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (count) => {
        const { onStep, curves } = recordTraining();

        for (let step = 1; step <= count; step++) onStep(stepOf(step, count));

        const { steps, losses } = curves();
        expect(steps.length).toBeLessThanOrEqual(400);
        expect(steps.at(-1)).toBe(count);
        steps.forEach((end, k) => {
          const start = (steps[k - 1] ?? 0) + 1;
          expect(losses.critic?.[k]).toBeCloseTo((start + end) / 2, 6);
        });
      }),
      { numRuns: caseCount(20, 300) },
    );
  });

  it('should forget what a rollback makes anew, and a training before', () => {
    const { onStep, onEvent, curves } = recordTraining();

    for (let step = 1; step <= 5; step++) onStep(stepOf(step));
    onEvent({ type: 'score', step: 2, score: 1, best: true });
    onEvent({ type: 'score', step: 4, score: 2, best: true });
    onEvent({ type: 'rollback', step: 6, to: 3, rate: 0.5 });
    onStep(stepOf(4));
    const rolledBack = curves();
    onStep(stepOf(1));
    const again = curves();

    expect(rolledBack.steps).toEqual([1, 2, 3, 4]);
    expect(rolledBack.scores).toEqual([{ step: 2, score: 1 }]);
    expect(again).toEqual({ steps: [1], losses: { critic: [1] }, scores: [] });
  });
});
