import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostTensors, mapEntries } from '../../../src/compute/tensor.js';
import { createGru, gru } from '../../../src/nn/layers/gru.js';
import { createLstm, lstm } from '../../../src/nn/layers/lstm.js';
import type { RecurrentSizes } from '../../../src/nn/layers/recurrent.js';
import { createRandom } from '../../../src/random.js';
import { evaluate, largestDifference, type Pure, randomInput } from '../../compute/engines.js';
import { weigh } from '../../compute/slopes.js';
import { gruOfNumbers, lstmOfNumbers, type OfNumbers } from './recurrences.js';

interface Kind {
  readonly create: typeof createGru;
  readonly layer: typeof gru;
  readonly ofNumbers: OfNumbers;
  /** What PyTorch 2.15 gives last for two layers of 3 on two series of 4 moments of cosines. */
  readonly torch: readonly number[];
}

const kinds: Record<string, Kind> = {
  gru: {
    create: createGru,
    layer: gru,
    ofNumbers: gruOfNumbers,
    torch: [0.5379927, 0.5783901, 0.5575737, 0.6606824, 0.6345479, 0.6515504],
  },
  lstm: {
    create: createLstm,
    layer: lstm,
    ofNumbers: lstmOfNumbers,
    torch: [-0.2527321, 0.303829, 0.227206, -0.1740623, 0.3394913, 0.188499],
  },
};

const dimensions = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  time: fc.integer({ min: 1, max: 5 }),
  inputs: fc.integer({ min: 1, max: 4 }),
  hidden: fc.integer({ min: 1, max: 4 }),
  layers: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

describe.each(Object.entries(kinds))('%s', (_name, { create, layer, ofNumbers, torch }) => {
  const unrolled =
    (sizes: RecurrentSizes): Pure =>
    ({ x, ...state }) => {
      const { y, last } = layer(state, 'r', x as tf.Tensor3D, sizes);
      return { y, last: tf.stack(last.flat(), 0) };
    };

  it('should give what its definition gives in plain numbers, whatever the sizes', async () => {
    await fc.assert(
      fc.asyncProperty(dimensions, async ({ batch, time, seed, ...sizes }) => {
        const state = create('r', sizes, createRandom(seed));
        const x = randomInput([batch, time, sizes.inputs], seed);

        const found = await evaluate('onnx', unrolled(sizes), { x, ...state });

        expect(largestDifference(found, ofNumbers(state, 'r', x, sizes))).toBeLessThan(1e-5);
      }),
      { numRuns: 20 },
    );
  });

  it('should give what PyTorch gives', async () => {
    const sizes = { inputs: 2, hidden: 3, layers: 2 };
    const phases: Record<string, number> = {
      inputWeight: 1,
      hiddenWeight: 3,
      inputBias: 5,
      hiddenBias: 7,
    };
    const cosines = (shape: readonly number[], phase: number) => {
      const { values } = randomInput(shape, 0);
      return { shape, dtype: 'float32', values: values.map((_, k) => Math.cos(k * 0.7 + phase)) };
    };
    const state = mapEntries(create('r', sizes, createRandom(1)), ({ shape }, name) => {
      const [, of = '', tensor = ''] = name.split('/');
      return cosines(shape, (phases[tensor] as number) + Number(of));
    }) as HostTensors;
    const x = cosines([2, 4, 2], 9) as HostTensors[string];

    const { y } = await evaluate('onnx', unrolled(sizes), { x, ...state });

    const values = y?.values ?? [];
    const last = [...values.slice(9, 12), ...values.slice(21, 24)];
    last.forEach((value, k) => {
      expect(value).toBeCloseTo(torch[k] as number, 5);
    });
  });

  it('should go on from where it stopped as if it had not', async () => {
    const sizes = { inputs: 3, hidden: 4, layers: 2 };
    const state = create('r', sizes, createRandom(2));
    const halves: Pure = ({ x, ...weights }) => {
      const [first, second] = tf.split(x as tf.Tensor3D, 2, 1) as [tf.Tensor3D, tf.Tensor3D];
      const before = layer(weights, 'r', first, sizes);
      const after = layer(weights, 'r', second, sizes, before.last);
      return { y: tf.concat([before.y, after.y], 1), last: tf.stack(after.last.flat(), 0) };
    };
    const inputs = { x: randomInput([2, 6, 3], 3), ...state };

    const whole = await evaluate('onnx', unrolled(sizes), inputs);

    expect(largestDifference(await evaluate('onnx', halves, inputs), whole)).toBeLessThan(1e-6);
  });

  it('should have the slopes that differences show, on both engines', async () => {
    const sizes = { inputs: 2, hidden: 3, layers: 2 };
    const inputs: HostTensors = {
      x: randomInput([2, 4, 2], 5),
      ...create('r', sizes, createRandom(4)),
    };
    const names = Object.keys(inputs);
    const valueAt = (tensors: Record<string, tf.Tensor>) => {
      const { y, last } = unrolled(sizes)(tensors);
      return tf.add(weigh(y as tf.Tensor), weigh(last as tf.Tensor)) as tf.Scalar;
    };
    const slopes: Pure = (fed) => {
      const atOnce = (...tensors: tf.Tensor[]) =>
        valueAt(Object.fromEntries(names.map((name, k) => [name, tensors[k] as tf.Tensor])));
      const found = tf.grads(atOnce)(names.map((name) => fed[name] as tf.Tensor));
      return Object.fromEntries(names.map((name, k) => [`d ${name}`, found[k] as tf.Tensor]));
    };
    // Each tensor moves as a whole, along a way of its own.
    const ways = mapEntries(inputs, ({ shape }, name) => randomInput(shape, names.indexOf(name)));
    const step = 1 / 256;
    const difference: Pure = (fed) =>
      Object.fromEntries(
        names.map((name) => {
          const way = tf.tensor(Array.from(ways[name]?.values ?? []), fed[name]?.shape as number[]);
          const moved = (by: number) =>
            valueAt({ ...fed, [name]: tf.add(fed[name] as tf.Tensor, tf.mul(way, by)) });
          return [`d ${name}`, tf.div(tf.sub(moved(step), moved(-step)), 2 * step)];
        }),
      );

    const [native, eager] = [
      await evaluate('onnx', slopes, inputs),
      await evaluate('tfjs', slopes, inputs),
    ];
    const expected = await evaluate('tfjs', difference, inputs);

    expect(largestDifference(native, eager)).toBeLessThan(1e-5);
    const along = mapEntries(native, ({ values }, name) => {
      const way = ways[name.slice(2)]?.values ?? [];
      const total = Array.from(values).reduce((sum, slope, k) => sum + slope * (way[k] ?? 0), 0);
      return { shape: [], dtype: 'float32', values: Float32Array.of(total) };
    }) as HostTensors;
    expect(largestDifference(along, expected)).toBeLessThan(5e-3);
  });
});
