import { createPairGan } from '../../../../src/gan/families/translation/pairs/pair-gan.js';
import { createPairFiller } from '../../../../src/gan/families/translation/pairs/source.js';
import { pairTraining } from '../../../../src/gan/families/translation/pairs/training.js';
import type { PairSource } from '../../../../src/gan/families/translation/read-pairs.js';
import type { PairRecipe } from '../../../../src/gan/families/translation/recipe.js';
import { pairRecipes } from '../../../../src/gan/families/translation/recipes.js';
import type { Training } from '../../../../src/gan/training/train.js';
import { createRandom } from '../../../../src/random.js';

/** Pairs of noise. */
function noisePairs(count: number, sizes: readonly [source: number, truth: number]): PairSource {
  const random = createRandom(31);
  const fill = (size: number) => {
    const all = random.fillUniform(new Float32Array(count * size)).map((x) => 2 * x - 1);
    return (index: number, target: Float32Array, to: number) =>
      target.set(all.subarray(index * size, (index + 1) * size), to);
  };
  return { count, fillSource: fill(sizes[0]), fillTruth: fill(sizes[1]) };
}

/** Pix2Pix on pairs of noise, two channels to one. */
export function smallPairTraining(
  difference: Partial<PairRecipe> = {},
  [height, width]: readonly [number, number] = [8, 8],
): Training {
  const recipe: PairRecipe = {
    ...pairRecipes.pix2pix,
    filters: 3,
    criticFilters: 3,
    patch: 16,
    batch: 2,
    levels: 3,
    ...difference,
  };
  const [source, target] = [2, 1].map((channels) => ({ height, width, channels })) as [
    { height: number; width: number; channels: number },
    { height: number; width: number; channels: number },
  ];
  const gan = createPairGan(recipe, { source, target });
  const shapes = [source, target].map((image) => ({
    shape: [image.height, image.width, image.channels],
  })) as [{ shape: number[] }, { shape: number[] }];
  const pairs = noisePairs(6, [height * width * 2, height * width]);
  return pairTraining(gan, createPairFiller(gan, shapes, pairs, createRandom('order')));
}

/** Every recipe for pairs, on small images. */
export const pairTrainings: Readonly<Record<string, Training>> = {
  pix2pix: smallPairTraining(),
  'pix2pix on mirrored pieces of images of odd sizes': smallPairTraining(
    { crop: 9, flip: true, augmentations: ['translation'], levels: 2 },
    [11, 10],
  ),
  'pix2pix with least squares, at a falling rate': smallPairTraining({
    loss: 'leastSquares',
    decay: 1,
    generatorOptimizer: { kind: 'rmsprop', learningRate: 1e-3 },
  }),
};
