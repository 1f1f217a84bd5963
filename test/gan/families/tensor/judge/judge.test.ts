import { mul, reshape, type Tensor, tanh as tanhOf } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { mapEntries } from '../../../../../src/compute/tensor.js';
import { TrainingError } from '../../../../../src/errors.js';
import { imageKind } from '../../../../../src/gan/families/tensor/image/family.js';
import { imageRecipes } from '../../../../../src/gan/families/tensor/image/recipes.js';
import { createJudge } from '../../../../../src/gan/families/tensor/judge/judge.js';
import type { ImageRecipe } from '../../../../../src/gan/families/tensor/recipe.js';
import { initialState } from '../../../../../src/gan/families/tensor/state.js';
import { createTensorGan } from '../../../../../src/gan/families/tensor/tensor-gan.js';
import { randomFeatures } from '../../../../../src/gan/features/random-features.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import type { TrainingEvent } from '../../../../../src/gan/training/events.js';
import { tanh } from '../../../../../src/nn/layers/activations.js';
import { dense } from '../../../../../src/nn/layers/dense.js';
import { sequential } from '../../../../../src/nn/sequential.js';
import { createRandom } from '../../../../../src/random.js';
import { imagesTable } from '../images-table.js';
import { smallImages, withSmallNetworks } from '../small-images.js';

const shape = { height: 8, width: 8, channels: 1 };
const features = randomFeatures(shape);
const held = smallImages(400);
const recipe: ImageRecipe = { ...imageRecipes.dcgan, ...withSmallNetworks({}) };

/** A generator of noise like the images: each pixel by itself, uniform. */
const noisy: ImageRecipe = {
  ...recipe,
  latent: 64,
  generator: () => ({
    create: () => ({}),
    apply: (_state, latent) => {
      // Of a normal number, tanh(0.8 x) is about uniform.
      return { y: reshape(tanhOf(mul(latent, 0.8)), [latent.shape[0] as number, 8, 8, 1]) };
    },
  }),
};

function judge(chosen: ImageRecipe, change = (value: number) => value) {
  const gan = createTensorGan(imageKind, chosen, { shape: [8, 8, 1] }, 3);
  const state = initialState(gan, createRandom(3));
  const changed = mapEntries(state, (tensor) => ({
    ...tensor,
    values: Float32Array.from(tensor.values, change),
  }));
  return createJudge(gan, features, held, createRandom('judge'))(changed, {});
}

describe('createJudge', () => {
  it('should find images like the held-out ones better than others', async () => {
    const [alike, unlike] = [await judge(noisy), await judge(recipe)];

    expect(alike.score).toBeGreaterThan(-0.05);
    expect(alike.variety).toBeGreaterThan(0.8);
    expect(alike.variety).toBeLessThan(1.2);
    expect(unlike.score).toBeLessThan(alike.score - 0.1);
  });

  it('should see no variety in a generator that makes one image', async () => {
    const collapsed = await judge(recipe, () => 0);

    expect(collapsed.variety).toBeCloseTo(0, 6);
  });

  it('should see no variety where a label always has the same image', async () => {
    const byLabel = {
      ...recipe,
      generator: ({ classes }: { classes: number }) =>
        sequential({ shape: [5], classes }, [
          () => ({ shape: [classes], apply: (_state, _name, _x, { label }) => label as Tensor }),
          dense([8, 8, 1], { initializer: { deviation: 1 } }),
          tanh,
        ]),
    };

    const { variety } = await judge(byLabel);

    expect(variety).toBeCloseTo(0, 6);
  });
});

describe('the training of images', () => {
  const batch = imagesTable(60);
  async function trained(difference: object, options: object = {}) {
    const events: TrainingEvent[] = [];
    const model = await fitModel(batch.schema, [batch], {
      steps: 500,
      thread: 'caller',
      target: 'label',
      recipe: { base: 'dcgan', ...withSmallNetworks({}), ...difference },
      onEvent: (event) => events.push(event),
      ...options,
    });
    return { model, events };
  }

  it('should be looked at by held-out images, and keep the best state', async () => {
    // One layer from many latent numbers makes images that differ, also when it is hardly trained.
    const { events } = await trained({
      latent: 64,
      generator: ({ latent, classes }: { latent: number; classes: number }) =>
        sequential({ shape: [latent], classes }, [
          dense([6, 5, 3], { initializer: { deviation: 0.2 } }),
          tanh,
        ]),
    });

    const scores = events.filter((event) => event.type === 'score');
    expect(scores.map(({ step }) => step)).toEqual([250, 500]);
    const best = scores.filter((event) => event.best).at(-1);
    expect(events.at(-1)).toMatchObject({ type: 'done', kept: best?.step, reason: 'steps' });
  });

  it('should raise an alarm when the generator collapses', async () => {
    // A critic that nothing changes wants one thing alone of all images.
    const frozen = { kind: 'rmsprop', learningRate: 1e-12 } as const;
    const greedy = { kind: 'adam', learningRate: 0.02, betas: [0.5, 0.999] } as const;

    const { events } = await trained({
      loss: 'wasserstein',
      criticOptimizer: frozen,
      generatorOptimizer: greedy,
    });

    const alarm = events.find((event) => event.type === 'collapse');
    expect(alarm).toMatchObject({ type: 'collapse', variety: expect.any(Number) });
  });

  it('should go back with lower rates when a loss is no number, and give up in the end', async () => {
    const wild = { kind: 'adam', learningRate: 1e30, betas: [0.5, 0.999] } as const;
    const events: TrainingEvent[] = [];

    const act = trained(
      { criticOptimizer: wild },
      { steps: 20, onEvent: (event: TrainingEvent) => events.push(event) },
    );

    await expect(act).rejects.toThrow(TrainingError);
    const rates = events.flatMap((event) => (event.type === 'rollback' ? [event.rate] : []));
    expect(rates).toEqual([0.25, 0.0625, 0.015625]);
  });
});
