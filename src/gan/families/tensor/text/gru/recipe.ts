import type { AdamOptions } from '../../../../../nn/optimizers/options.js';
import type { TextSettings } from '../settings.js';

/** How a recurrent network of characters is trained, and how it is drawn from. */
export interface GruRecipe extends TextSettings {
  /** Gated recurrent units. */
  readonly hidden: number;
  /** Texts a step. */
  readonly batch: number;
  /** Times that each text is seen by default. */
  readonly epochs: number;
  /**
   * What logits are divided by before a character is drawn: 1 for what was learned; less makes texts
   * more plausible and more alike.
   */
  readonly temperature: number;
  /** How the weights follow their gradients. */
  readonly optimizer: AdamOptions;
}

/** A small network, which a few thousand texts suffice for. */
export const gru: GruRecipe = {
  longest: 64,
  hidden: 128,
  batch: 64,
  epochs: 20,
  temperature: 1,
  optimizer: { learningRate: 3e-3, betas: [0.9, 0.999] },
};
