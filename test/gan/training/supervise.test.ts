import { add, sqrt, sub, type Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostTensors, hostTensor } from '../../../src/compute/tensor.js';
import { ModelError, TrainingError } from '../../../src/errors.js';
import { tabularTraining } from '../../../src/gan/families/tabular/ctgan/training.js';
import {
  type Checkpoint,
  packCheckpoint,
  unpackCheckpoint,
} from '../../../src/gan/training/checkpoint.js';
import type { TrainingEvent } from '../../../src/gan/training/events.js';
import { type TrainingOptions, train } from '../../../src/gan/training/train.js';
import type { Training } from '../../../src/gan/training/training.js';
import { createRandom } from '../../../src/random.js';
import { smallRecipe, smallTable } from '../families/tabular/small-table.js';

/** A number that grows by `rate` a step; its loss is no number any more above `limit`. */
function counter(
  limit = 1e9,
  rate = 1,
  scores?: (count: number) => number,
  variety: (count: number) => number = () => 1,
): Training {
  return {
    inputs: { noise: { source: 'uniform', shape: [1], dtype: 'float32' } },
    step: ({ count }) => ({
      state: { count: add(count as Tensor, rate) },
      outputs: { critic: sqrt(sub(limit, count as Tensor)), generator: count as Tensor },
    }),
    state: () => ({ count: hostTensor([]) }),
    fillData() {},
    scaleLearningRate: (factor) => counter(limit, rate * factor, scores, variety),
    ...(scores && {
      score: async (state: HostTensors) => ({
        score: scores(countOf(state)),
        variety: variety(countOf(state)),
      }),
    }),
  };
}

const countOf = (state: HostTensors) => state.count?.values[0] as number;

async function supervise(training: Training, options: Partial<TrainingOptions>) {
  const events: TrainingEvent[] = [];
  const state = await train(training, {
    steps: 100,
    every: 10,
    random: createRandom(1),
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { count: countOf(state), events };
}

describe('train', () => {
  it('should go back to the last good state when a loss is no number, with a lower rate', async () => {
    const { count, events } = await supervise(counter(62.6), { steps: 70 });

    expect(events).toContainEqual({ type: 'rollback', step: 64, to: 60, rate: 0.25 });
    expect(events.at(-1)).toMatchObject({ type: 'done', reason: 'steps' });
    expect(count).toBe(62.5);
  });

  it('should give up after three times', async () => {
    const act = supervise(counter(-1), {});

    await expect(act).rejects.toThrow(TrainingError);
    await expect(act).rejects.toThrow(/diverged at step 1 of 100/);
  });

  it('should keep the best state, and stop when nothing better comes for long', async () => {
    const peak = counter(1e9, 1, (count) => -Math.abs(count - 40));

    const { count, events } = await supervise(peak, { patience: 3 });

    expect(count).toBe(40);
    expect(events.at(-1)).toEqual({ type: 'done', step: 70, kept: 40, reason: 'patience' });
  });

  it('should keep the last state where it is told to', async () => {
    const peak = counter(1e9, 1, (count) => -Math.abs(count - 40));

    const { count, events } = await supervise(peak, { patience: 3, keep: 'last' });

    expect(count).toBe(70);
    expect(events.at(-1)).toEqual({ type: 'done', step: 70, kept: 70, reason: 'patience' });
  });

  it('should keep the later of states whose scores differ by noise, but not drift away with it', async () => {
    const rising = counter(1e9, 1, (count) => Math.min(count, 40) - Math.max(0, count - 60) / 10);
    const noisy: Training = {
      ...rising,
      score: async (state, target) => ({
        ...((await rising.score?.(state, target)) ?? { score: 0, variety: 1 }),
        noise: 2.5,
      }),
    };

    const { count, events } = await supervise(noisy, { steps: 200, patience: 3 });

    // From 60 a step costs 0.1: at 80 the score is 2 below the best, at 90 it is 3 below.
    expect(count).toBe(80);
    expect(events.at(-1)).toEqual({ type: 'done', step: 110, kept: 80, reason: 'patience' });
  });

  it('should raise an alarm when made rows are all alike', async () => {
    const alike = counter(
      1e9,
      1,
      (count) => count,
      () => 0.1,
    );

    const { events } = await supervise(alike, {});

    expect(events).toContainEqual({ type: 'collapse', step: 10, variety: 0.1 });
  });

  it('should neither keep a state whose rows are all alike, nor give up for want of a better one', async () => {
    const falling = counter(
      1e9,
      1,
      (count) => -count,
      (count) => (count <= 50 ? 0.1 : 1),
    );

    const { count, events } = await supervise(falling, { patience: 3 });

    expect(count).toBe(60);
    expect(events.at(-1)).toEqual({ type: 'done', step: 90, kept: 60, reason: 'patience' });
  });

  /** A clock that each step takes a second of; runs have 8 steps. */
  function steppingClock(secondsPerLook = 0) {
    let milliseconds = 0;
    return {
      clock: () => milliseconds,
      onStep: () => {
        milliseconds += 1000;
      },
      onCheckpoint: async () => {
        milliseconds += 1000 * secondsPerLook;
      },
    };
  }

  const scoresOf = (events: readonly TrainingEvent[]) =>
    events.flatMap((event) => (event.type === 'score' ? [event.step] : []));

  it('should look every 24th of the time where steps would bring no look', async () => {
    const peak = counter(1e9, 1, (count) => -Math.abs(count - 32));
    const points: number[] = [];

    const { count, events } = await supervise(peak, {
      ...steppingClock(),
      steps: 1e6,
      every: 1e5,
      seconds: 8 * 24,
      onCheckpoint: async ({ step }) => void points.push(step),
    });

    const everyEighth = Array.from({ length: 24 }, (_, k) => 8 * (k + 1));
    expect(scoresOf(events)).toEqual(everyEighth);
    expect(points).toEqual(everyEighth);
    expect(events.at(-1)).toEqual({ type: 'done', step: 192, kept: 32, reason: 'seconds' });
    expect(count).toBe(32);
  });

  it('should look by steps where these are first', async () => {
    const rising = counter(1e9, 1, (count) => count);

    const { events } = await supervise(rising, { ...steppingClock(), seconds: 24 * 24 });

    expect(scoresOf(events)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  });

  it('should train four fifths of the time where looks take long', async () => {
    const rising = counter(1e9, 1, (count) => count);

    const { events } = await supervise(rising, {
      ...steppingClock(8),
      steps: 1e6,
      every: 1e5,
      seconds: 8 * 24,
    });

    expect(scoresOf(events)).toEqual([8, 40, 72, 104, 136, 152]);
  });

  it('should end when time is up', async () => {
    const { count, events } = await supervise(counter(), { seconds: 1e-9 });

    expect(count).toBeLessThan(100);
    expect(events.at(-1)).toMatchObject({ type: 'done', reason: 'seconds' });
  });

  it('should estimate time and memory after the first steps', async () => {
    const { events } = await supervise(counter(), {});

    expect(events[0]).toEqual({
      type: 'estimate',
      steps: 100,
      seconds: expect.any(Number),
      bytes: expect.any(Number),
    });
  });
});

describe('a checkpoint', () => {
  const recipe = { ...smallRecipe, emaDecay: 0.9, pairs: { weight: 0.1, memory: 0.9, most: 64 } };
  const table = smallTable();
  /** Scored by a weight, which goes up and down: what a score takes does not matter here. */
  const judged = (): Training => ({
    ...tabularTraining(table, recipe),
    score: async (state) => ({
      score: state['critic/hidden0/bias']?.values[0] as number,
      variety: 1,
    }),
  });

  async function keep(training: Training, options: Partial<TrainingOptions>) {
    const kept: Uint8Array[] = [];
    const onCheckpoint = async (point: Checkpoint) => void kept.push(packCheckpoint(point, 'key'));
    const state = await train(training, {
      steps: 8,
      every: 2,
      random: createRandom(2),
      onCheckpoint,
      ...options,
    });
    return { state, kept };
  }

  it('should always be gone on from to the same bits', async () => {
    const whole = await keep(judged(), {});
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), async (place) => {
        const checkpoint = unpackCheckpoint(whole.kept[place] as Uint8Array, 'key', 'it');

        const rest = await keep(judged(), { checkpoint });

        expect(rest.state).toEqual(whole.state);
        expect(rest.kept.at(-1)?.length).toBe(whole.kept.at(-1)?.length);
      }),
      { numRuns: 3 },
    );
  });

  it('should come back from its bytes', async () => {
    const points: Checkpoint[] = [];
    const onCheckpoint = async (point: Checkpoint) => void points.push(point);
    await train(judged(), { steps: 6, every: 3, random: createRandom(2), onCheckpoint });

    const back = points.map((point) => unpackCheckpoint(packCheckpoint(point, 'k'), 'k', 'it'));

    expect(back).toEqual(points);
  });

  it('should be refused when damaged, at whatever byte', async () => {
    const { kept } = await keep(counter(), {});
    const bytes = kept[0] as Uint8Array;
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] as number) ^ change;

        const act = () => unpackCheckpoint(damaged, 'key', 'it');

        expect(act).toThrow(ModelError);
      }),
    );
  });

  it('should be refused when it is of another training', async () => {
    const { kept } = await keep(counter(), {});

    const act = () => unpackCheckpoint(kept[0] as Uint8Array, 'other', 'it');

    expect(act).toThrow('it is the checkpoint of another training');
  });
});
