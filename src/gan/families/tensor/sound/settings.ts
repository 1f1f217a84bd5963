import type { SoundRepresentation } from '../../../../encode/sound/sound.js';

/** What recipes for sounds have besides those of all tensors. */
export interface SoundSettings {
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
