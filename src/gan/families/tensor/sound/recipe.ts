import type { SoundRepresentation } from '../../../../encode/sound/sound.js';
import { type TensorRecipe, tensorDefaults } from '../recipe.js';

/** What a GAN for sounds is made of, and how it is trained. */
export interface SoundRecipe extends TensorRecipe<object> {
  /**
   * What networks make: sounds as they are, [samples, channels], or the logarithm of their
   * spectrum, [frames, bins, channels], from which sounds are made by Griffin and Lim's iterations.
   */
  readonly representation: SoundRepresentation;
  /**
   * Samples of a sound. 0: those of the tensors; of lists, as many as hold 95 % of the sounds,
   * rounded up to a power of two.
   */
  readonly samples: number;
}

/** What recipes have in common unless they say otherwise; the networks are each one's own. */
export const soundDefaults: Omit<SoundRecipe, 'generator' | 'critic'> = {
  ...tensorDefaults,
  representation: 'waveform',
  samples: 0,
};
