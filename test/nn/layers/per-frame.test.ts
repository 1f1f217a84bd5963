import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import type { Layer } from '../../../src/nn/layer.js';
import { convolution } from '../../../src/nn/layers/convolution.js';
import { dense } from '../../../src/nn/layers/dense.js';
import { dropout } from '../../../src/nn/layers/dropout.js';
import {
  branches,
  perFrame,
  repeatFrames,
  temporalConvolution,
} from '../../../src/nn/layers/per-frame.js';
import { sequential } from '../../../src/nn/sequential.js';
import { createRandom } from '../../../src/random.js';

/** What layers make of two rows, whose numbers count up from 0. */
async function run(shape: readonly number[], layers: readonly Layer[], order?: readonly number[]) {
  const network = sequential({ shape, classes: 0 }, layers);
  const state = network.create(createRandom(3));
  const size = 2 * shape.reduce((product, length) => product * length, 1);
  const frame = size / 2 / (shape[0] as number);
  const values = Float32Array.from({ length: size }, (_, k) => Math.sin(k));
  const moved = order
    ? Float32Array.from(values, (_, k) => {
        const [row, place] = [Math.floor(k / (size / 2)), k % (size / 2)];
        const from = order[Math.floor(place / frame)] as number;
        return values[(row * size) / 2 + from * frame + (place % frame)] as number;
      })
    : values;
  const program = await compile({
    state,
    inputs: { x: { shape: [2, ...shape], dtype: 'float32' } },
    step: (own, { x }) => ({
      state: own,
      outputs: { y: network.apply(own, x as Tensor, { training: true }).y },
    }),
  });
  const { y } = await program.run({ x: moved });
  await program.dispose();
  return { shape: y?.shape, values: Array.from(y?.values ?? []), network, state };
}

describe('perFrame', () => {
  it('should make of each frame what it makes of it in another place', async () => {
    const layers = [perFrame([convolution(2, { kernel: 3, stride: 2 }), dense(3)])];

    const straight = await run([4, 4, 4, 1], layers);
    const reversed = await run([4, 4, 4, 1], layers, [3, 2, 1, 0]);

    expect(straight.shape).toEqual([2, 4, 3]);
    for (const row of [0, 1]) {
      for (let frame = 0; frame < 4; frame++) {
        const at = (row * 4 + frame) * 3;
        const other = (row * 4 + 3 - frame) * 3;
        for (let k = 0; k < 3; k++) {
          expect(reversed.values[other + k]).toBeCloseTo(straight.values[at + k] as number, 5);
        }
      }
    }
  });

  it('should refuse layers that draw noise, which frames could not share', () => {
    const build = () => sequential({ shape: [2, 3], classes: 0 }, [perFrame([dropout(0.5)])]);

    expect(build).toThrow(/noise/);
  });
});

describe('branches', () => {
  it('should put what networks give side by side, each with weights of its own', async () => {
    const alone = await run([2, 3], [perFrame([dense(2)])]);
    const { shape, values, state } = await run(
      [2, 3],
      [branches([perFrame([dense(2)])], [perFrame([dense(1)])])],
    );

    expect(shape).toEqual([2, 2, 3]);
    expect(values).toHaveLength(12);
    expect(alone.shape).toEqual([2, 2, 2]);
    expect(Object.keys(state).sort()).toEqual([
      '0/0/0/0/bias',
      '0/0/0/0/weight',
      '0/1/0/0/bias',
      '0/1/0/0/weight',
    ]);
  });
});

describe('repeatFrames', () => {
  it('should give every frame the same vector', async () => {
    const { shape, values } = await run([3], [repeatFrames(2)]);

    expect(shape).toEqual([2, 2, 3]);
    expect(values.slice(0, 3)).toEqual(values.slice(3, 6));
    expect(values.slice(0, 3)).not.toEqual(values.slice(6, 9));
  });
});

describe('temporalConvolution', () => {
  it('should see frames in their order, at each place by itself', async () => {
    const layers = [temporalConvolution(2, { kernel: 3, stride: 2 })];

    const straight = await run([4, 2, 2, 1], layers);
    const reversed = await run([4, 2, 2, 1], layers, [3, 2, 1, 0]);

    expect(straight.shape).toEqual([2, 2, 2, 2, 2]);
    expect(reversed.values).not.toEqual(straight.values);
  });
});
