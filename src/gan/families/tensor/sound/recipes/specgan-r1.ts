import { dcganR1 } from '../../dcgan.js';
import { imageDimensions } from '../../image-dimensions.js';
import type { TensorCriticArgs, TensorGeneratorArgs } from '../../opaque-recipe.js';
import { type SoundRecipe, soundDefaults } from '../recipe.js';

/**
 * Spectrograms as SpecGAN has them, made as images are by default: DCGAN with the R1 penalty, a
 * critic that projects labels, one update of each network a step, and a running average of the
 * generator.
 */
export const specganR1: SoundRecipe = {
  ...soundDefaults,
  ...dcganR1,
  representation: 'spectrogram',
  widthMultiplier: 0.5,
  epochs: 100,
  generator: (place: TensorGeneratorArgs) =>
    dcganR1.generator({ ...place, ...imageDimensions(place.shape) }),
  critic: (place: TensorCriticArgs) =>
    dcganR1.critic({ ...place, ...imageDimensions(place.shape) }),
};
