import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compute/compile.js';
import type { Feed } from '../../../src/compute/program.js';
import { mapEntries, sizeOf } from '../../../src/compute/tensor.js';
import { createRandom } from '../../../src/random.js';
import { type Recipe, recipes } from '../../gan/recipes.js';
import { largestDifference } from '../engines.js';

function feedOf({ inputs, fill }: Recipe, step: number): Feed {
  const feed: Feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  fill(feed, createRandom(step));
  return feed;
}

describe('onnx on wasm', () => {
  // A recipe of each kind of operator; all of them were held against the library once.
  it.each(['CTGAN', 'a GAN of recurrent layers', 'dcgan in colour'])(
    'should train as the native library does: %s',
    async (name) => {
      const recipe = recipes[name] as Recipe;
      const { step, inputs } = recipe;
      const source = { step, inputs, state: recipe.state(createRandom('weights')) };
      const native = await compile(source, { device: 'cpu' });
      const wasm = await compile(source, { device: 'wasm' });

      for (let step = 0; step < 3; step++) {
        const feed = feedOf(recipe, step);
        const losses = largestDifference(await wasm.run(feed), await native.run(feed));
        expect(losses, `losses of step ${step}`).toBeLessThan(1e-3);
      }
      expect(largestDifference(wasm.readState(), native.readState())).toBeLessThan(1e-3);
      expect(wasm.readState()).not.toEqual(mapEntries(source.state, (tensor) => tensor));
      await native.dispose();
      await wasm.dispose();
    },
  );

  it('should make several steps in a run as it does one by one', async () => {
    const recipe = recipes['a GAN of dense layers'] as Recipe;
    const { step, inputs } = recipe;
    const source = { step, inputs, state: recipe.state(createRandom('weights')) };
    const together = await compile(source, { device: 'wasm' });
    const single = await compile(source, { device: 'wasm' });
    const feeds = [feedOf(recipe, 0), feedOf(recipe, 1)];
    const joined = mapEntries(inputs, (_, name) =>
      Float32Array.from(feeds.flatMap((feed) => [...(feed[name] as Float32Array)])),
    );

    await together.run(joined, 2);
    for (const feed of feeds) await single.run(feed);

    expect(largestDifference(together.readState(), single.readState())).toBeLessThan(1e-5);
    await together.dispose();
    await single.dispose();
  });
});
