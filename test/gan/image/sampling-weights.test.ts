import type { Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import { type HostTensors, mapEntries } from '../../../src/compute/tensor.js';
import { type ImageRecipe, imageDefaults } from '../../../src/gan/image/recipe.js';
import { samplingWeights } from '../../../src/gan/image/sampling-weights.js';
import { setUp } from '../../../src/gan/image/setup.js';
import { initialState } from '../../../src/gan/image/state.js';
import { dense } from '../../../src/gan/network/dense.js';
import { joinLabel } from '../../../src/gan/network/labels.js';
import type { Layer } from '../../../src/gan/network/layer.js';
import { batchNorm, flatten } from '../../../src/gan/network/plain.js';
import { sequence } from '../../../src/gan/network/sequence.js';
import { createRandom } from '../../../src/random.js';

const image = { height: 2, width: 2, channels: 3 };

/** A generator of some layers. */
const recipeOf = (layers: readonly Layer[], average = 0): ImageRecipe => ({
  ...imageDefaults,
  latent: 5,
  average,
  generator: ({ latent, classes }) => sequence({ shape: [latent], classes }, layers),
  critic: (place) => sequence({ shape: [2, 2, 3], classes: place.classes }, [flatten, dense(1)]),
});

const normalised = [joinLabel(), dense([2, 2, 3]), batchNorm];

/** Runs the generator by statistics that it has, on 4,000 latent vectors and labels as often as given. */
async function makeImages(recipe: ImageRecipe, weights: HostTensors, shares: readonly number[]) {
  const rows = 4000;
  const { generator } = setUp(recipe, image, shares.length);
  const inputs = {
    latent: { shape: [rows, 5], dtype: 'float32' },
    label: { shape: [rows, shares.length], dtype: 'float32' },
  } as const;
  const program = await compile({
    state: weights,
    inputs,
    step: (state, { latent, label }) => {
      const use = { training: false, label: label as never };
      return { state, outputs: { y: generator.apply(state, latent as Tensor, use).y } };
    },
  });
  const latent = createRandom('latent').fillNormal(new Float32Array(rows * 5));
  const label = new Float32Array(rows * shares.length);
  for (let row = 0; row < rows; row++) {
    const code = shares.findIndex((_, k) => {
      return (row + 0.5) / rows < shares.slice(0, k + 1).reduce((sum, share) => sum + share, 0);
    });
    label[row * shares.length + code] = 1;
  }
  const { y } = await program.run({ latent, label });
  await program.dispose();
  return y?.values as Float32Array;
}

function momentsOf(values: Float32Array, channel: number) {
  const own = values.filter((_, at) => at % 3 === channel);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return [mean, own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length];
}

describe('samplingWeights', () => {
  it('should have statistics of their own, whatever those of the state are', async () => {
    const recipe = recipeOf(normalised, 0.9);
    const setup = setUp(recipe, image, 2);
    const state = mapEntries(initialState(setup, createRandom(1)), (tensor, name) =>
      /running/.test(name) ? { ...tensor, values: tensor.values.map(() => 7) } : tensor,
    );
    const labels = Int32Array.of(0, 1, 1, 1);

    const weights = await samplingWeights(setup, state, labels, createRandom(2), {});

    // By statistics of its own, batch normalisation gives numbers of mean 0 and variance 1.
    const made = await makeImages(recipe, weights, [0.25, 0.75]);
    for (const channel of [0, 1, 2]) {
      const [mean, variance] = momentsOf(made, channel) as [number, number];
      expect(Math.abs(mean)).toBeLessThan(0.05);
      expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    }
  });

  it('should be those of the running average, and the same each time', async () => {
    const setup = setUp(recipeOf(normalised, 0.9), image, 0);
    const state = mapEntries(initialState(setup, createRandom(1)), (tensor, name) =>
      name.startsWith('average/') ? { ...tensor, values: tensor.values.map(() => 0.5) } : tensor,
    );
    const weightsOf = () => samplingWeights(setup, state, undefined, createRandom(2), {});

    const [once, again] = [await weightsOf(), await weightsOf()];

    expect(once['1/weight']?.values).toEqual(Float32Array.from({ length: 5 * 12 }, () => 0.5));
    expect(again).toEqual(once);
  });

  it('should be those of the state where nothing is normalised', async () => {
    const setup = setUp(recipeOf([dense([2, 2, 3])]), image, 0);
    const state = initialState(setup, createRandom(1));

    const weights = await samplingWeights(setup, state, undefined, createRandom(2), {});

    expect(Object.keys(weights).length).toBeGreaterThan(0);
    for (const [name, tensor] of Object.entries(weights)) {
      expect(tensor).toBe(state[`generator/${name}`]);
    }
  });
});
