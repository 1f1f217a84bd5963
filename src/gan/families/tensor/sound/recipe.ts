import { type TensorRecipe, tensorDefaults } from '../recipe.js';
import type { SoundSettings } from './settings.js';

/** What a GAN for sounds is made of, and how it is trained. */
export interface SoundRecipe extends TensorRecipe<object>, SoundSettings {}

/** What recipes have in common unless they say otherwise; the networks are each one's own. */
export const soundDefaults: Omit<SoundRecipe, 'generator' | 'critic'> = {
  ...tensorDefaults,
  representation: 'waveform',
  samples: 0,
};
