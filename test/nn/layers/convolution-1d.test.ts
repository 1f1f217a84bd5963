import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import type { Layer } from '../../../src/nn/layer.js';
import {
  convolution1d,
  crop1d,
  transposedConvolution1d,
} from '../../../src/nn/layers/convolution-1d.js';
import { phaseShuffle } from '../../../src/nn/layers/phase-shuffle.js';
import { sequential } from '../../../src/nn/sequential.js';
import { createRandom } from '../../../src/random.js';

/** What a layer makes of one line of one channel, with weights of its own. */
async function runOn(
  layer: Layer,
  line: readonly number[],
  weights: Record<string, readonly number[]> = {},
  masks: readonly number[] = [],
): Promise<number[]> {
  const network = sequential({ shape: [line.length, 1], classes: 0 }, [layer]);
  const state = network.create(createRandom(1));
  for (const [name, values] of Object.entries(weights)) {
    state[name]?.values.set(values as never);
  }
  const program = await compile({
    state,
    inputs: { x: { shape: [1, line.length, 1], dtype: 'float32' } },
    step: (own, { x }) => ({
      state: own,
      outputs: {
        y: network.apply(own, x as Tensor, {
          training: true,
          masks: masks.map((uniform) => tensor([uniform])),
        }).y,
      },
    }),
  });
  try {
    const { y } = await program.run({ x: Float32Array.from(line) });
    return Array.from(y?.values ?? []);
  } finally {
    await program.dispose();
  }
}

describe('convolution1d', () => {
  it('should sum what is under the kernel, with silence outside', async () => {
    const layer = convolution1d(1, { kernel: 3, stride: 2 });

    const made = await runOn(layer, [1, 2, 3, 4], { '0/weight': [1, 10, 100], '0/bias': [1000] });

    expect(made).toEqual([1321, 1043]);
  });
});

describe('transposedConvolution1d', () => {
  it('should put the kernel at each place, so many places apart', async () => {
    const layer = transposedConvolution1d(1, { kernel: 2, stride: 2 });

    expect(await runOn(layer, [1, 2], { '0/weight': [1, 10] })).toEqual([1, 10, 2, 20]);
  });

  it('should be cut by a crop', async () => {
    expect(await runOn(crop1d(2), [7, 8, 9])).toEqual([7, 8]);
  });
});

describe('phaseShuffle', () => {
  it.each([
    [0.01, [3, 2, 1, 2, 3]],
    [0.3, [2, 1, 2, 3, 4]],
    [0.5, [1, 2, 3, 4, 5]],
    [0.7, [2, 3, 4, 5, 4]],
    [0.99, [3, 4, 5, 4, 3]],
  ])(
    'should shift all lines by what is drawn, mirrored at the ends: %f',
    async (drawn, shifted) => {
      expect(await runOn(phaseShuffle(2), [1, 2, 3, 4, 5], {}, [drawn])).toEqual(shifted);
    },
  );

  it('should leave lines alone where nothing is drawn', async () => {
    expect(await runOn(phaseShuffle(2), [1, 2, 3])).toEqual([1, 2, 3]);
  });
});
