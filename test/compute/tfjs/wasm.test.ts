import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import type { Feed, Program } from '../../../src/compute/program.js';
import { mapEntries, sizeOf } from '../../../src/compute/tensor.js';
import { createRandom } from '../../../src/random.js';
import { type Recipe, recipes } from '../../gan/recipes.js';
import { largestDifference } from '../engines.js';

/** Recipes without convolutions: the backend has no kernel for the slopes of their filters. */
const trainable = ['CTGAN', 'a GAN of dense layers', 'a GAN of recurrent layers'];
const recipeOf = (name: string) => recipes[name] as Recipe;

function start(recipe: Recipe, target: Parameters<typeof compile>[1]): Promise<Program> {
  const { step, inputs } = recipe;
  return compile({ step, inputs, state: recipe.state(createRandom('weights')) }, target);
}

function feedOf({ inputs, fill }: Recipe, step: number): Feed {
  const feed: Feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  fill(feed, createRandom(step));
  return feed;
}

describe('tfjs on wasm', () => {
  it.each(trainable)('should train as onnx does, for 20 steps: %s', async (name) => {
    const recipe = recipeOf(name);
    const [native, wasm] = [
      await start(recipe, {}),
      await start(recipe, { engine: 'tfjs', device: 'wasm' }),
    ];

    for (let step = 0; step < 20; step++) {
      const feed = feedOf(recipe, step);
      const losses = largestDifference(await wasm.run(feed), await native.run(feed));
      expect(losses, `losses of step ${step}`).toBeLessThan(1e-4);
      const state = largestDifference(wasm.readState(), native.readState());
      expect(state, `state after step ${step}`).toBeLessThan(1e-4);
    }

    await native.dispose();
    await wasm.dispose();
  });

  it('should say which kernel it lacks for a DCGAN, and what to do', async () => {
    const recipe = recipeOf('DCGAN');
    const wasm = await start(recipe, { engine: 'tfjs', device: 'wasm' });
    const before = wasm.readState();

    const running = wasm.run(feedOf(recipe, 0));

    await expect(running).rejects.toMatchObject({
      name: 'ComputeError',
      message: expect.stringMatching(
        /'wasm' of tfjs has no kernel: Conv2DBackpropFilter\. Use another device, or engine 'onnx'/,
      ),
    });
    expect(wasm.readState()).toEqual(before);
    await wasm.dispose();
  });
});
