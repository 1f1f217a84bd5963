import type { TensorSource } from '../../../../src/gan/families/tensor/fill-data.js';
import { imageKind } from '../../../../src/gan/families/tensor/image/family.js';
import { imageRecipes } from '../../../../src/gan/families/tensor/image/recipes.js';
import type { ImageRecipe } from '../../../../src/gan/families/tensor/recipe.js';
import { createTensorGan } from '../../../../src/gan/families/tensor/tensor-gan.js';
import { tensorTraining } from '../../../../src/gan/families/tensor/training.js';
import type { Training } from '../../../../src/gan/training/train.js';
import { leakyRelu, tanh } from '../../../../src/nn/layers/activations.js';
import { convolution } from '../../../../src/nn/layers/convolution.js';
import { dense } from '../../../../src/nn/layers/dense.js';
import { joinLabel } from '../../../../src/nn/layers/labels.js';
import { sequential } from '../../../../src/nn/sequential.js';
import { createRandom } from '../../../../src/random.js';

/** Height and width of small images. */
export const side = 8;
export const classes = 3;

/** Images of noise with a class each. */
export function smallImages(count = 20, channels = 1): TensorSource {
  const random = createRandom(31);
  const size = side * side * channels;
  const pixels = random.fillUniform(new Float32Array(count * size)).map((x) => 2 * x - 1);
  return {
    count,
    fill: (index, target, to) => target.set(pixels.subarray(index * size, (index + 1) * size), to),
    labels: Int32Array.from({ length: count }, () => random.integer(classes)),
  };
}

/** Networks small enough for the eager engine, with what a recipe says besides. */
const smallNetworks: Pick<ImageRecipe, 'latent' | 'batch' | 'generator' | 'critic'> = {
  latent: 5,
  batch: 4,
  generator: ({ latent, classes, height, width, channels }) =>
    sequential({ shape: [latent], classes }, [
      joinLabel(),
      dense(8),
      leakyRelu(),
      dense([height, width, channels]),
      tanh,
    ]),
  critic: ({ classes, outputs, height, width, channels }) =>
    sequential({ shape: [height, width, channels], classes }, [
      joinLabel(),
      convolution(3, { kernel: 3, stride: 2 }),
      leakyRelu(),
      dense(outputs),
    ]),
};

/** A recipe as it trains on small images. */
export function smallTraining(
  name: keyof typeof imageRecipes,
  difference: Partial<ImageRecipe> = {},
  { labelled = true, channels = 1 } = {},
): Training {
  const recipe = {
    ...imageRecipes[name],
    latent: 5,
    batch: 4,
    widthMultiplier: 1 / 32,
    ...difference,
  };
  const shape = [side, side, channels];
  const gan = createTensorGan(imageKind, recipe, { shape }, labelled ? classes : 0);
  return tensorTraining(gan, smallImages(20, channels), createRandom('order'));
}

/** What is different from a recipe, on networks of the test's own. */
export const withSmallNetworks = (difference: Partial<ImageRecipe>): Partial<ImageRecipe> => ({
  ...smallNetworks,
  ...difference,
});
