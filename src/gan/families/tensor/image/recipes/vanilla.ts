import type { Layer } from '../../../../../nn/layer.js';
import { leakyRelu, tanh } from '../../../../../nn/layers/activations.js';
import { dense } from '../../../../../nn/layers/dense.js';
import { dropout } from '../../../../../nn/layers/dropout.js';
import { flatten } from '../../../../../nn/layers/flatten.js';
import { joinLabel } from '../../../../../nn/layers/labels.js';
import { sequential } from '../../../../../nn/sequential.js';
import { scaled } from '../../../../features/levels.js';
import type { CriticArgs, GeneratorArgs } from '../../opaque-recipe.js';
import { type ImageRecipe, tensorDefaults } from '../../recipe.js';

const stack = (widthMultiplier: number, widths: readonly number[], ...after: Layer[]): Layer[] =>
  widths.flatMap((width) => [dense(scaled(width, widthMultiplier)), leakyRelu(), ...after]);

/** Layers of a stack whose biases start as PyTorch's do. */
const torchStack = (widthMultiplier: number, widths: readonly number[]): Layer[] =>
  widths.flatMap((width) => [dense(scaled(width, widthMultiplier), torchBias), leakyRelu()]);

const torchBias = { biasInitializer: 'uniform' } as const;

/**
 * The first GAN (Goodfellow et al. 2014) of dense layers, with or without labels: a step of the
 * generator has latent vectors of its own, and weights and biases start as PyTorch's.
 *
 * Unlike PyTorch programs that leave pixels in [0, 1], it learns pixels in [−1, 1], which the
 * generator's tanh can reach.
 */
export const vanilla: ImageRecipe = {
  ...tensorDefaults,
  epochs: 100,
  generator: ({ latent, widthMultiplier, classes, height, width, channels }: GeneratorArgs) =>
    sequential({ shape: [latent], classes }, [
      joinLabel(),
      ...torchStack(widthMultiplier, [256, 512, 1024]),
      dense([height, width, channels], torchBias),
      tanh,
    ]),
  critic: ({ widthMultiplier, classes, height, width, channels, outputs }: CriticArgs) =>
    sequential({ shape: [height, width, channels], classes }, [
      flatten,
      joinLabel(),
      ...torchStack(widthMultiplier, [512, 256]),
      dense(outputs, torchBias),
    ]),
};

/** Conditional GAN (Mirza and Osindero 2014): labels are learned vectors of 10 numbers. */
export const cgan: ImageRecipe = {
  ...vanilla,
  shareLatent: true,
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
