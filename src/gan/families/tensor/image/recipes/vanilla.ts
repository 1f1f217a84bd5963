import type { Layer } from '../../../../../nn/layer.js';
import { dropout, flatten, leakyRelu, tanh } from '../../../../../nn/layers/activations.js';
import { dense } from '../../../../../nn/layers/dense.js';
import { joinLabel } from '../../../../../nn/layers/labels.js';
import { sequence } from '../../../../../nn/sequential.js';
import {
  type CriticPlace,
  type GeneratorPlace,
  type ImageRecipe,
  imageDefaults,
} from '../../recipe.js';
import { scaled } from '../levels.js';

const stack = (scale: number, widths: readonly number[], ...after: Layer[]): Layer[] =>
  widths.flatMap((width) => [dense(scaled(width, scale)), leakyRelu(), ...after]);

/** The first GAN (Goodfellow et al. 2014) of dense layers, with or without labels. */
export const vanilla: ImageRecipe = {
  ...imageDefaults,
  epochs: 100,
  sameLatent: true,
  generator: ({ latent, scale, classes, height, width, channels }: GeneratorPlace) =>
    sequence({ shape: [latent], classes }, [
      joinLabel(),
      ...stack(scale, [256, 512, 1024]),
      dense([height, width, channels]),
      tanh,
    ]),
  critic: ({ scale, classes, height, width, channels, outputs }: CriticPlace) =>
    sequence({ shape: [height, width, channels], classes }, [
      flatten,
      joinLabel(),
      ...stack(scale, [512, 256]),
      dense(outputs),
    ]),
};

/** Conditional GAN (Mirza and Osindero 2014): labels are learned vectors of 10 numbers. */
export const cgan: ImageRecipe = {
  ...vanilla,
  labels: 'required',
  generator: ({ latent, scale, classes, height, width, channels }) =>
    sequence({ shape: [latent], classes }, [
      joinLabel({ embedding: 10 }),
      ...stack(scale, [256, 512, 1024]),
      dense([height, width, channels]),
      tanh,
    ]),
  critic: ({ scale, classes, height, width, channels, outputs }) =>
    sequence({ shape: [height, width, channels], classes }, [
      flatten,
      joinLabel({ embedding: 10 }),
      dense(scaled(512, scale)),
      leakyRelu(),
      ...stack(scale, [512, 512], dropout(0.4)),
      dense(outputs),
    ]),
};
