import type { AdamOptions } from '../../../../../nn/optimizers/options.js';
import { ctgan, type GeneratorRecipe, type PairMatching } from '../recipe.js';

/** A GAN for tables whose critic is trained by DP-SGD. */
export interface PrivateRecipe extends GeneratorRecipe {
  /** Widths of the critic's hidden layers. */
  readonly critic: readonly number[];
  /** Made rows of an update, of either network. */
  readonly batch: number;
  /** The probability of each real row to have a part in an update of the critic. */
  readonly sampleRate: number;
  /** Updates of the critic for each of the generator (Bie et al. 2023, arXiv 2302.02936). */
  readonly criticUpdates: number;
  /** The norm that each row's gradient is clipped to. */
  readonly clip: number;
  /** Share of ε that the histograms, which encoders are fitted by, would take alone. */
  readonly histogramShare: number;
  /**
   * Matching of the moments of all pairs of codes (see `pairLoss`), by noisy joint histograms; undefined
   * for none.
   */
  readonly pairs: PairMatching | undefined;
  /** Share of ε that the joint histograms would take alone. */
  readonly pairShare: number;
  readonly optimizer: AdamOptions;
  /** Of the critic. */
  readonly criticOptimizer: AdamOptions;
  /** Share that each step keeps of the running average of the generator's weights; 0 for none. */
  readonly emaDecay: number;
}

/** CTGAN without what looks at rows in ways that cannot be paid for, trained by DP-SGD. */
export const privateTabular: PrivateRecipe = {
  latent: ctgan.latent,
  generator: ctgan.generator,
  temperature: ctgan.temperature,
  critic: [32],
  batch: 500,
  sampleRate: 0.02,
  criticUpdates: 1,
  clip: 1,
  histogramShare: 0.3,
  pairs: { weight: 0.3, memory: 0.9, most: 512 },
  pairShare: 0.5,
  optimizer: { learningRate: 2e-4, betas: [0.5, 0.9] },
  criticOptimizer: { learningRate: 1e-3, betas: [0.5, 0.9] },
  emaDecay: 0.998,
};
