import { leakyRelu, relu, tanh } from '../../../../../nn/layers/activations.js';
import { convolution, crop, transposedConvolution } from '../../../../../nn/layers/convolution.js';
import { dense } from '../../../../../nn/layers/dense.js';
import { joinLabel, projectLabel } from '../../../../../nn/layers/labels.js';
import { sequential } from '../../../../../nn/sequential.js';
import { scaled } from '../../../../features/levels.js';
import type { TensorCriticArgs, TensorGeneratorArgs } from '../../opaque-recipe.js';
import type { SoundRecipe } from '../recipe.js';
import { wavegan } from './wavegan.js';

/** Frames or bins at the end of a critic, and at the start of a generator, at most. */
const shortest = 4;

/** Kernels of 5 and strides of 2; weights as in Keras. */
const halving = { kernel: 5, stride: 2, initializer: 'glorot' } as const;

/** Halvings until the shorter side has 4: 128 × 128 has 5 of them, 32 × 128 has 3. */
const levelsOf = (frames: number, bins: number): number =>
  Math.max(Math.ceil(Math.log2(Math.min(frames, bins) / shortest)), 0);

/** Filters of the layers, from the spectrogram inwards: 64, 128, … */
const filtersOf = (count: number, widthMultiplier: number): number[] =>
  Array.from({ length: count }, (_, k) => scaled(64 * 2 ** k, widthMultiplier));

/** Transposed convolutions, each of which doubles frames and bins. */
function generator({ latent, widthMultiplier, classes, shape }: TensorGeneratorArgs) {
  const [frames = 0, bins = 0, channels = 0] = shape;
  const levels = levelsOf(frames, bins);
  const [largest = scaled(64, widthMultiplier), ...smaller] = filtersOf(
    levels,
    widthMultiplier,
  ).reverse();
  const start = [frames, bins].map((size) => Math.ceil(size / 2 ** levels));
  return sequential({ shape: [latent], classes }, [
    joinLabel(),
    dense([...start, largest], { initializer: 'glorot' }),
    relu,
    ...smaller.flatMap((filters) => [transposedConvolution(filters, halving), relu]),
    levels > 0
      ? transposedConvolution(channels, halving)
      : convolution(channels, { ...halving, stride: 1 }),
    crop(frames, bins),
    tanh,
  ]);
}

/** The mirror of the generator. */
function critic({ widthMultiplier, classes, outputs, shape }: TensorCriticArgs) {
  const [frames = 0, bins = 0] = shape;
  return sequential({ shape, classes }, [
    ...filtersOf(levelsOf(frames, bins), widthMultiplier).flatMap((filters) => [
      convolution(filters, halving),
      leakyRelu(),
    ]),
    outputs === 1 ? projectLabel : dense(outputs, { initializer: 'glorot' }),
  ]);
}

/**
 * SpecGAN (Donahue et al. 2019): the same for the logarithm of the spectrum, with frames of 256
 * samples every 128, as an image of 128 bins. 16 of Griffin and Lim's iterations find the phases.
 */
export const specgan: SoundRecipe = {
  ...wavegan,
  representation: 'spectrogram',
  generator,
  critic,
};
