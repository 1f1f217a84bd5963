import { normal } from '../../../nn/initializers.js';
import { leakyRelu, relu, tanh } from '../../../nn/layers/activations.js';
import { batchNorm } from '../../../nn/layers/batch-norm.js';
import { convolution, crop, transposedConvolution } from '../../../nn/layers/convolution.js';
import { dense } from '../../../nn/layers/dense.js';
import { joinLabel, projectLabel } from '../../../nn/layers/labels.js';
import type { Optimizer } from '../../../nn/optimizers/options.js';
import { sequential } from '../../../nn/sequential.js';
import { channelsOf, levelsOf, scaled } from '../../features/levels.js';
import type { CriticArgs, GeneratorArgs } from './opaque-recipe.js';
import { dcganAdam, type ImageRecipe, tensorDefaults } from './recipe.js';

/** Kernels of 4 and strides of 2; N(0, 0.02). Batch normalisation stands in for a bias. */
const halving = { kernel: 4, stride: 2, initializer: normal(0.02) } as const;
const normalised = { ...halving, bias: false } as const;

/**
 * DCGAN (Radford et al. 2016) for images of any size: each level doubles height and width, from 7
 * or less, and halves the channels, from at most 512 to 64. 28 × 28 has 2 levels, 64 × 64 has 4.
 */
export const dcgan: ImageRecipe = {
  ...tensorDefaults,
  generator: dcganGenerator,
  critic: dcganCritic,
};

/** Transposed convolutions with batch normalisation; the label is joined to the latent vector. */
export function dcganGenerator({
  latent,
  widthMultiplier,
  classes,
  height,
  width,
  channels,
}: GeneratorArgs) {
  const levels = levelsOf({ height, width, channels });
  const [largest = scaled(64, widthMultiplier), ...smaller] = channelsOf(
    levels,
    widthMultiplier,
  ).reverse();
  const initialShape = [levels.height, levels.width, largest];
  return sequential({ shape: [latent], classes }, [
    joinLabel(),
    dense(initialShape, { initializer: normal(0.02), bias: false }),
    batchNorm,
    relu,
    ...smaller.flatMap((filters) => [transposedConvolution(filters, normalised), batchNorm, relu]),
    levels.count > 0
      ? transposedConvolution(channels, halving)
      : convolution(channels, { kernel: 3, initializer: normal(0.02) }),
    crop(height, width),
    tanh,
  ]);
}

/** Convolutions with batch normalisation but in the first; the label is projected. */
export function dcganCritic({ widthMultiplier, classes, outputs, ...image }: CriticArgs) {
  const [first, ...larger] = channelsOf(levelsOf(image), widthMultiplier);
  return sequential({ shape: [image.height, image.width, image.channels], classes }, [
    ...(first === undefined ? [] : [convolution(first, halving), leakyRelu()]),
    ...larger.flatMap((filters) => [convolution(filters, normalised), batchNorm, leakyRelu()]),
    outputs === 1 ? projectLabel : dense(outputs, { initializer: normal(0.02) }),
  ]);
}

/** DCGAN's critic without batch normalisation, for a penalty on its slope at each image. */
function smoothCritic({ widthMultiplier, classes, outputs, ...image }: CriticArgs) {
  return sequential({ shape: [image.height, image.width, image.channels], classes }, [
    joinLabel(),
    ...channelsOf(levelsOf(image), widthMultiplier).flatMap((filters) => [
      convolution(filters, { kernel: 5, stride: 2 }),
      leakyRelu(),
    ]),
    dense(outputs),
  ]);
}

/**
 * WGAN (Arjovsky et al. 2017): a critic whose weights are clipped, and which is well ahead of the
 * generator. It is DCGAN's, as the authors have it: without batch normalisation so small weights pass
 * on next to nothing.
 */
export const wgan: ImageRecipe = {
  ...dcgan,
  loss: 'wasserstein',
  weightClip: 0.01,
  criticSteps: 5,
  warmUp: true,
  criticOptimizer: { kind: 'rmsprop', learningRate: 5e-5 },
  generatorOptimizer: { kind: 'rmsprop', learningRate: 5e-5 },
};

/** WGAN-GP (Gulrajani et al. 2017): a critic whose slopes are kept near 1. */
export const wganGp: ImageRecipe = {
  ...dcgan,
  latent: 128,
  batch: 50,
  critic: smoothCritic,
  loss: 'wasserstein',
  gradientPenalty: 10,
  criticSteps: 5,
  criticOptimizer: { kind: 'adam', learningRate: 1e-4, betas: [0.5, 0.9] },
  generatorOptimizer: { kind: 'adam', learningRate: 1e-4, betas: [0.5, 0.9] },
};

/** A critic of convolutions without batch normalisation, which projects labels (Miyato and Koyama 2018). */
const projectingCritic =
  (options: { readonly spectralNorm?: boolean } = {}) =>
  ({ widthMultiplier, classes, ...image }: CriticArgs) =>
    sequential({ shape: [image.height, image.width, image.channels], classes }, [
      ...channelsOf(levelsOf(image), widthMultiplier).flatMap((filters) => [
        convolution(filters, { kernel: 4, stride: 2, ...options }),
        leakyRelu(),
      ]),
      projectLabel,
    ]);

/** A critic with bounded slopes stands a higher rate than DCGAN's (Miyato et al. 2018, setting E: 1e-3). */
const adam = (learningRate: number): Optimizer => ({ ...dcganAdam, learningRate });

/**
 * Spectral normalisation with hinge loss (Miyato et al. 2018): a critic whose weights are divided by
 * their largest singular value.
 */
export const sngan: ImageRecipe = {
  ...dcgan,
  critic: projectingCritic({ spectralNorm: true }),
  loss: 'hinge',
  emaDecay: 0.999,
  criticOptimizer: adam(1e-3),
  generatorOptimizer: adam(1e-3),
};

/**
 * DCGAN with the R1 penalty (Mescheder et al. 2018) in the place of the critic's batch normalisation,
 * and a running average of the generator.
 */
export const dcganR1: ImageRecipe = {
  ...dcgan,
  critic: projectingCritic(),
  r1Penalty: 0.2,
  emaDecay: 0.999,
  criticOptimizer: adam(5e-4),
  generatorOptimizer: adam(5e-4),
};
