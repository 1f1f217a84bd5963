import { concat, slice, type Tensor2D, tanh } from '@tensorflow/tfjs-core';
import type { LogitsProgram } from '../calibrate/calibrate.js';
import type { RowShape } from '../shape.js';
import { createConditionFiller } from './condition-filler.js';
import { samplingInputs } from './inputs.js';
import { generateLogits } from './networks.js';
import type { GeneratorRecipe } from './recipe.js';

/** How the generator of a GAN makes rows in evaluation. */
export function ganLogits(
  recipe: GeneratorRecipe,
  shape: RowShape,
): (rows: number) => LogitsProgram {
  const fillConditions = createConditionFiller(shape);
  return (rows) => ({
    inputs: samplingInputs(recipe, shape, rows),
    fillData(feed, random) {
      if (feed.condition) fillConditions(feed.condition as Float32Array, random);
    },
    draw(weights, { latent, condition }) {
      const input = {
        latent: latent as Tensor2D,
        condition: condition as Tensor2D | undefined,
      };
      return withTanh(shape, generateLogits(recipe, weights, input, false).logits);
    },
  });
}

function withTanh({ scalars, onehots }: RowShape, logits: Tensor2D): Tensor2D {
  const [rows] = logits.shape;
  if (scalars === 0) return logits;
  const numbers = tanh(slice(logits, [0, 0], [rows, scalars])) as Tensor2D;
  return onehots === 0
    ? numbers
    : concat([numbers, slice(logits, [0, scalars], [rows, onehots])], 1);
}
