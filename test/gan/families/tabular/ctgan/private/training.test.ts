import { describe, expect, it } from 'vitest';
import { compile } from '../../../../../../src/compute/compile.js';
import { type HostTensors, mapEntries, sizeOf } from '../../../../../../src/compute/tensor.js';
import type { TrainingStep } from '../../../../../../src/gan/training/progress.js';
import { train as trainNetworks } from '../../../../../../src/gan/training/train.js';
import type { Training } from '../../../../../../src/gan/training/training.js';
import { fillNoise } from '../../../../../../src/nn/step-inputs.js';
import { createRandom } from '../../../../../../src/random.js';
import { largestDifference } from '../../../../../compute/engines.js';
import { smallPrivate, smallTable, smallTraining } from './small-private.js';

async function train(engine: 'onnx' | 'tfjs', steps: number) {
  const losses: TrainingStep[] = [];
  const onStep = (step: TrainingStep) => losses.push(step);
  // Of little noise: by much of it the networks are thrown about, and rounding with them.
  const training = smallTraining(smallPrivate, smallTable(), 50);
  const state = await trainNetworks(training, { steps, engine, random: createRandom(1), onStep });
  return { state, losses };
}

const training = smallTraining();

/** What the first step is fed. */
function feedOf({ inputs, fillData }: Training): Record<string, Float32Array> {
  const feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  fillNoise(inputs, feed, createRandom('noise'));
  fillData(feed, createRandom('data'), 0, 1);
  return feed;
}

/** The losses of one step, and the state after it. */
async function oneStep(of: Training, feed: Record<string, Float32Array>) {
  const { step, inputs } = of;
  const program = await compile({ step, state: of.state(createRandom('weights')), inputs });
  try {
    const losses = mapEntries(await program.run(feed), ({ values }) => values[0]);
    return { losses, state: program.readState() };
  } finally {
    await program.dispose();
  }
}

const names = Object.keys(training.inputs).filter((name) => name.startsWith('noise/'));
const withoutNoise = (feed: Record<string, Float32Array>) => ({
  ...feed,
  ...Object.fromEntries(names.map((name) => [name, (feed[name] as Float32Array).map(() => 0)])),
});

describe('privateTraining', () => {
  it('should train alike on both engines, step after step, for 20 steps', async () => {
    const native = await train('onnx', 20);
    const eager = await train('tfjs', 20);

    native.losses.forEach(({ losses }, k) => {
      for (const name of ['critic', 'generator']) {
        const [one, other] = [losses[name], eager.losses[k]?.losses[name]] as [number, number];
        expect(Math.abs(one - other)).toBeLessThan(1e-5 * Math.max(1, Math.abs(one)));
      }
    });
    expect(largestDifference(native.state, eager.state)).toBeLessThan(3e-4);
  });

  it('should change every weight', async () => {
    const [early, late] = [await train('onnx', 1), await train('onnx', 2)];

    for (const [name, { values }] of Object.entries(early.state)) {
      expect(values, name).not.toEqual(late.state[name]?.values);
    }
  });

  it('should fill a sample of rows, with weights of 1, and zeros behind them', () => {
    const feed = feedOf(training);
    const weights = feed.rowWeights as Float32Array;
    const [width, condition] = [9, 6];

    const sizes = [0, 1].map((update) => {
      const room = weights.length / 2;
      const own = weights.subarray(update * room, (update + 1) * room);
      const count = own.reduce((sum, weight) => sum + weight, 0);
      for (const [place, weight] of own.entries()) {
        expect(weight).toBe(Number(place < count));
        const at = update * room + place;
        const row = (feed.real as Float32Array).subarray(at * width, (at + 1) * width);
        // One code of each of three spans.
        expect(row.reduce((sum, value) => sum + value)).toBe(3 * weight);
        const own = (feed.realCondition as Float32Array).subarray(
          at * condition,
          (at + 1) * condition,
        );
        expect(own.reduce((sum, value) => sum + value)).toBe(weight);
        // A row meets its condition: categories lie first.
        own.forEach((value, k) => {
          expect(value).toBeLessThanOrEqual(row[k] as number);
        });
      }
      return count;
    });

    expect(Math.max(...sizes)).toBeGreaterThan(8);
    expect(Math.max(...sizes)).toBeLessThan(35);
    expect(sizes[0]).not.toBe(weights.length / 2);
  });

  it('should draw other rows and other noise for each update', () => {
    const feed = feedOf(training);

    for (const name of names) {
      const noise = feed[name] as Float32Array;
      const half = noise.length / 2;
      expect(noise.subarray(0, half), name).not.toEqual(noise.subarray(half));
    }
    const again = feedOf(training);
    expect(again).toEqual(feed);
    training.fillData(again, createRandom('data'), 1, 2);
    expect(again.rowWeights).not.toEqual(feed.rowWeights);
  });

  it('should change the sum of gradients by at most the clip when a row is added', async () => {
    const single = smallTraining({ ...smallPrivate, criticUpdates: 1 });
    const feed = withoutNoise(feedOf(single));
    const sampled = (feed.rowWeights as Float32Array).indexOf(0);
    const sums = async (count: number) => {
      const rowWeights = new Float32Array(feed.rowWeights?.length ?? 0).fill(1, 0, count);
      return sumOfGradients((await oneStep(single, { ...feed, rowWeights })).state);
    };

    const all: number[][] = [];
    for (let count = 0; count < 5; count++) all.push(await sums(count));

    expect(sampled).toBeGreaterThan(5);
    all.slice(1).forEach((more, k) => {
      const fewer = all[k] ?? [];
      const change = more.reduce((sum, value, at) => sum + (value - (fewer[at] as number)) ** 2, 0);
      // Float32 keeps so much of a sum that is divided by the number of rows.
      expect(Math.sqrt(change)).toBeLessThanOrEqual(smallPrivate.clip * 1.001);
      expect(change).toBeGreaterThan(0);
    });
  });

  it('should add the noise that the budget says, as it is', async () => {
    const single = smallTraining({ ...smallPrivate, criticUpdates: 1 });
    const feed = feedOf(single);

    const noisy = sumOfGradients((await oneStep(single, feed)).state);
    const plain = sumOfGradients((await oneStep(single, withoutNoise(feed))).state);

    const noise = names.flatMap((name) => [...(feed[name] as Float32Array)]);
    expect(noisy.length).toBe(noise.length);
    noisy.forEach((value, k) => {
      expect(value - (plain[k] as number)).toBeCloseTo(noise[k] as number, 3);
    });
  });

  it('should tell of made rows alone, and not judge states', async () => {
    const single = smallTraining({ ...smallPrivate, criticUpdates: 1 });
    const feed = feedOf(single);
    const other = { ...feed, real: (feed.real as Float32Array).map((value) => 1 - value) };

    const [one, changed] = [await oneStep(single, feed), await oneStep(single, other)];

    expect(changed.state).not.toEqual(one.state);
    expect(changed.losses.critic).toBe(one.losses.critic);
    expect(single.score).toBeUndefined();
    expect(single.scaleLearningRate).toBeUndefined();
  });
});

/** Adam's sums of gradients after one step, times the rows that they were divided by. */
function sumOfGradients(state: HostTensors): number[] {
  return names.flatMap((name) => {
    const { values } = state[name.replace('noise/', 'adam/first/')] as HostTensors[string];
    return [...values].map((value) => value * smallPrivate.sampleRate * smallTable().rows);
  });
}
