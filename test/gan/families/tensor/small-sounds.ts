import type { TensorSource } from '../../../../src/gan/families/tensor/fill-data.js';
import { soundKind } from '../../../../src/gan/families/tensor/sound/family.js';
import type { SoundRecipe } from '../../../../src/gan/families/tensor/sound/recipe.js';
import { soundRecipes } from '../../../../src/gan/families/tensor/sound/recipes.js';
import { createTensorGan } from '../../../../src/gan/families/tensor/tensor-gan.js';
import { tensorTraining } from '../../../../src/gan/families/tensor/training.js';
import type { Training } from '../../../../src/gan/training/train.js';
import { createRandom } from '../../../../src/random.js';

export const classes = 3;

/** Tensors of noise with a class each. */
export function noise(shape: readonly number[]): TensorSource {
  const random = createRandom(37);
  const size = shape.reduce((product, length) => product * length, 1);
  const values = random.fillUniform(new Float32Array(20 * size)).map((x) => 2 * x - 1);
  return {
    count: 20,
    fill: (index, target, to) => target.set(values.subarray(index * size, (index + 1) * size), to),
    labels: Int32Array.from({ length: 20 }, () => random.integer(classes)),
  };
}

/** A recipe for sounds as it trains on tensors of a shape. */
export function soundTraining(
  name: keyof typeof soundRecipes,
  shape: readonly number[],
  difference: Partial<SoundRecipe> = {},
): Training {
  const recipe: SoundRecipe = {
    ...soundRecipes[name],
    latent: 5,
    batch: 4,
    widthMultiplier: 1 / 32,
    ...difference,
  };
  const gan = createTensorGan(soundKind, recipe, { shape }, classes);
  return tensorTraining(gan, noise(shape), createRandom('order'));
}
