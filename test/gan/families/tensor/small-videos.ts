import { createTensorGan } from '../../../../src/gan/families/tensor/tensor-gan.js';
import { tensorTraining } from '../../../../src/gan/families/tensor/training.js';
import { videoKind } from '../../../../src/gan/families/tensor/video/family.js';
import {
  type VideoRecipe,
  videoRecipes,
} from '../../../../src/gan/families/tensor/video/recipes.js';
import type { Training } from '../../../../src/gan/training/train.js';
import { createRandom } from '../../../../src/random.js';
import { classes, noise } from './small-sounds.js';

/** The recipe for videos as it trains on tensors of a shape. */
export function videoTraining(
  shape: readonly number[],
  difference: Partial<VideoRecipe> = {},
  labels = classes,
): Training {
  const recipe: VideoRecipe = {
    ...videoRecipes.video,
    latent: 5,
    batch: 4,
    widthMultiplier: 1 / 16,
    ...difference,
  };
  const gan = createTensorGan(videoKind, recipe, { shape }, labels);
  return tensorTraining(gan, noise(shape), createRandom('order'));
}
