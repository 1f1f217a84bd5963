import { describe, expect, it } from 'vitest';
import { TrainingError } from '../../../src/errors.js';
import { tabularTraining } from '../../../src/gan/families/tabular/ctgan/training.js';
import type { TrainingStep } from '../../../src/gan/training/progress.js';
import { train as trainNetworks } from '../../../src/gan/training/train.js';
import { createRandom } from '../../../src/random.js';
import { largestDifference } from '../../compute/engines.js';
import { smallRecipe, smallTable } from '../families/tabular/small-table.js';

async function train(engine: 'onnx' | 'tfjs', steps: number, recipe = smallRecipe) {
  const losses: TrainingStep[] = [];
  const random = createRandom(1);
  const onStep = (step: TrainingStep) => losses.push(step);
  const training = tabularTraining(smallTable(), recipe);
  const state = await trainNetworks(training, { steps, engine, random, onStep });
  return { state, losses };
}

describe('train', () => {
  it('should train alike on both engines, step after step, for 20 steps', async () => {
    const native = await train('onnx', 20);
    const eager = await train('tfjs', 20);

    native.losses.forEach(({ losses }, k) => {
      for (const name of ['critic', 'generator']) {
        expect(losses[name]).toBeCloseTo(eager.losses[k]?.losses[name] as number, 4);
      }
    });
    // Adam divides by the gradient's size, so that rounding in tiny gradients shows in full.
    expect(largestDifference(native.state, eager.state)).toBeLessThan(1e-4);
  });

  it('should give the same bits again for the same seed', async () => {
    const [one, other] = [await train('onnx', 5), await train('onnx', 5)];

    expect(one.state).toEqual(other.state);
  });

  it('should change every weight', async () => {
    const [early, late] = [await train('onnx', 1), await train('onnx', 2)];

    for (const [name, { values }] of Object.entries(early.state)) {
      expect(values, name).not.toEqual(late.state[name]?.values);
    }
  });

  it('should say so when the training diverges', async () => {
    const hot = { ...smallRecipe, optimizer: { ...smallRecipe.optimizer, learningRate: 1e30 } };

    await expect(train('onnx', 50, hot)).rejects.toThrow(TrainingError);
    await expect(train('onnx', 50, hot)).rejects.toThrow(
      /diverged at step \d+ of 50.*learning rate/,
    );
  });

  it('should stop when aborted, with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let steps = 0;

    const training = trainNetworks(tabularTraining(smallTable(), smallRecipe), {
      steps: 1000,
      engine: 'onnx',
      random: createRandom(1),
      signal: controller.signal,
      onStep: () => {
        steps++;
        if (steps === 3) controller.abort(reason);
      },
    });

    await expect(training).rejects.toBe(reason);
    expect(steps).toBe(3);
  });
});
