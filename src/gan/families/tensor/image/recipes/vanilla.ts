import type { Layer } from '../../../../../nn/layer.js';
import { leakyRelu, tanh } from '../../../../../nn/layers/activations.js';
import { dense } from '../../../../../nn/layers/dense.js';
import { dropout } from '../../../../../nn/layers/dropout.js';
import { flatten } from '../../../../../nn/layers/flatten.js';
import { joinLabel } from '../../../../../nn/layers/labels.js';
import { sequential } from '../../../../../nn/sequential.js';
import { scaled } from '../../levels.js';
import type { CriticArgs, GeneratorArgs } from '../../opaque-recipe.js';
import { type ImageRecipe, tensorDefaults } from '../../recipe.js';

const stack = (widthMultiplier: number, widths: readonly number[], ...after: Layer[]): Layer[] =>
  widths.flatMap((width) => [dense(scaled(width, widthMultiplier)), leakyRelu(), ...after]);

/** The first GAN (Goodfellow et al. 2014) of dense layers, with or without labels. */
export const vanilla: ImageRecipe = {
  ...tensorDefaults,
  epochs: 100,
  shareLatent: true,
  generator: ({ latent, widthMultiplier, classes, height, width, channels }: GeneratorArgs) =>
    sequential({ shape: [latent], classes }, [
      joinLabel(),
      ...stack(widthMultiplier, [256, 512, 1024]),
      dense([height, width, channels]),
      tanh,
    ]),
  critic: ({ widthMultiplier, classes, height, width, channels, outputs }: CriticArgs) =>
    sequential({ shape: [height, width, channels], classes }, [
      flatten,
      joinLabel(),
      ...stack(widthMultiplier, [512, 256]),
      dense(outputs),
    ]),
};

/** Conditional GAN (Mirza and Osindero 2014): labels are learned vectors of 10 numbers. */
export const cgan: ImageRecipe = {
  ...vanilla,
  labels: 'required',
  generator: ({ latent, widthMultiplier, classes, height, width, channels }) =>
    sequential({ shape: [latent], classes }, [
      joinLabel({ embedding: 10 }),
      ...stack(widthMultiplier, [256, 512, 1024]),
      dense([height, width, channels]),
      tanh,
    ]),
  critic: ({ widthMultiplier, classes, height, width, channels, outputs }) =>
    sequential({ shape: [height, width, channels], classes }, [
      flatten,
      joinLabel({ embedding: 10 }),
      dense(scaled(512, widthMultiplier)),
      leakyRelu(),
      ...stack(widthMultiplier, [512, 512], dropout(0.4)),
      dense(outputs),
    ]),
};
