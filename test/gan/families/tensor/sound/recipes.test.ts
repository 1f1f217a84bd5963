import { describe, expect, it } from 'vitest';
import { compile } from '../../../../../src/compute/compile.js';
import { mapEntries } from '../../../../../src/compute/tensor.js';
import { logMagnitude } from '../../../../../src/encode/sound/spectrogram.js';
import { soundKind } from '../../../../../src/gan/families/tensor/sound/family.js';
import { logSpectrum } from '../../../../../src/gan/families/tensor/sound/log-spectrum.js';
import {
  innerLength,
  stridesOf,
} from '../../../../../src/gan/families/tensor/sound/recipes/strides.js';
import { soundRecipes } from '../../../../../src/gan/families/tensor/sound/recipes.js';
import { createTensorGan } from '../../../../../src/gan/families/tensor/tensor-gan.js';
import { createRandom } from '../../../../../src/random.js';

const shapesOf = (name: keyof typeof soundRecipes, shape: readonly number[]) => {
  const gan = createTensorGan(soundKind, soundRecipes[name], { shape }, 0);
  const shapes = (network: typeof gan.generator) =>
    Object.values(mapEntries(network.create(createRandom(1)), (tensor) => tensor.shape))
      .filter((each) => each.length > 1)
      .map((each) => each.join(' × '));
  return { generator: shapes(gan.generator), critic: shapes(gan.critic), gan };
};

describe('wavegan', () => {
  it('should have the layers of the paper for 16,384 samples', () => {
    const { generator, critic, gan } = shapesOf('wavegan', [16_384, 1]);

    expect(generator).toEqual([
      '100 × 16384',
      '1 × 25 × 512 × 1024',
      '1 × 25 × 256 × 512',
      '1 × 25 × 128 × 256',
      '1 × 25 × 64 × 128',
      '1 × 25 × 1 × 64',
    ]);
    expect(critic).toEqual([
      '1 × 25 × 1 × 64',
      '1 × 25 × 64 × 128',
      '1 × 25 × 128 × 256',
      '1 × 25 × 256 × 512',
      '1 × 25 × 512 × 1024',
      '16384 × 1',
    ]);
    expect(gan.critic.masks).toEqual(Array(4).fill({ uniforms: 1 }));
  });

  it.each([
    [16_384, [4, 4, 4, 4, 4], 16],
    [8192, [2, 4, 4, 4, 4], 16],
    [4096, [4, 4, 4, 4], 16],
    [1000, [4, 4, 4], 16],
    [16, [], 16],
    [1, [], 1],
  ])('should have strides for %i samples', (samples, strides, inner) => {
    expect(stridesOf(samples)).toEqual(strides);
    expect(innerLength(samples, strides)).toBe(inner);
  });
});

describe('specgan', () => {
  it('should have the layers of the paper for 128 frames of 128 bins', () => {
    const { generator, critic } = shapesOf('specgan', [128, 128, 1]);

    expect(generator).toEqual([
      '100 × 16384',
      '5 × 5 × 512 × 1024',
      '5 × 5 × 256 × 512',
      '5 × 5 × 128 × 256',
      '5 × 5 × 64 × 128',
      '5 × 5 × 1 × 64',
    ]);
    expect(critic.at(-2)).toBe('5 × 5 × 512 × 1024');
  });
});

describe('logSpectrum', () => {
  it('should be the spectrum that sounds are encoded by, but for its scale', async () => {
    const [samples, channels] = [600, 2];
    const sounds = createRandom(5).fillNormal(new Float32Array(samples * channels));
    const program = await compile({
      state: {},
      inputs: { x: { shape: [1, samples, channels], dtype: 'float32' } },
      step: (state, { x }) => ({ state, outputs: { y: logSpectrum(x as never) } }),
    });

    const { y } = await program.run({ x: sounds });
    await program.dispose();

    expect(y?.shape).toEqual([1, 5, 128, 2]);
    const second = sounds.filter((_, k) => k % 2 === 1);
    logMagnitude(second).forEach((log, at) => {
      const scaled = (Math.log(Math.exp(2 * log) + 1e-4) + 4) * 0.2;
      expect(y?.values[at * channels + 1]).toBeCloseTo(scaled, 3);
    });
  });
});
