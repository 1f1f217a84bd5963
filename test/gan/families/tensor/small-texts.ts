import type { TensorSource } from '../../../../src/gan/families/tensor/fill-data.js';
import { createTensorGan } from '../../../../src/gan/families/tensor/tensor-gan.js';
import { textKind } from '../../../../src/gan/families/tensor/text/family.js';
import { gru } from '../../../../src/gan/families/tensor/text/gru/recipe.js';
import { gruTraining } from '../../../../src/gan/families/tensor/text/gru/training.js';
import type { TextRecipe } from '../../../../src/gan/families/tensor/text/recipe.js';
import { textRecipes } from '../../../../src/gan/families/tensor/text/recipes.js';
import { tensorTraining } from '../../../../src/gan/families/tensor/training.js';
import type { Training } from '../../../../src/gan/training/train.js';
import { createRandom } from '../../../../src/random.js';

const shape = [7, 5] as const;

/** Random texts of seven of five symbols, one-hot, with one of `classes` labels each. */
function randomTexts(classes: number): TensorSource {
  const random = createRandom(23);
  const codes = Array.from({ length: 20 * shape[0] }, () => random.integer(shape[1]));
  return {
    count: 20,
    fill(index, target, to) {
      target.fill(0, to, to + shape[0] * shape[1]);
      for (let place = 0; place < shape[0]; place++) {
        target[to + place * shape[1] + (codes[index * shape[0] + place] as number)] = 1;
      }
    },
    labels:
      classes > 0 ? Int32Array.from({ length: 20 }, () => random.integer(classes)) : undefined,
  };
}

/** A recurrent network as it trains on short texts. */
export function gruTextTraining(classes = 3): Training {
  const recipe = { ...gru, hidden: 6, batch: 4 };
  const [length, symbols] = shape;
  const texts = randomTexts(classes);
  const own = { length, symbols, shortest: 2, classes, hidden: recipe.hidden };
  return gruTraining(recipe, own, texts, texts, createRandom('order'));
}

/** A recipe for texts as it trains on short ones. */
export function textTraining(
  name: keyof typeof textRecipes,
  difference: Partial<TextRecipe> = {},
  classes = 3,
): Training {
  const recipe: TextRecipe = {
    ...textRecipes[name],
    latent: 5,
    batch: 4,
    widthMultiplier: 1 / 16,
    ...difference,
  };
  const gan = createTensorGan(textKind, recipe, { shape }, classes);
  return tensorTraining(gan, randomTexts(classes), createRandom('order'));
}
