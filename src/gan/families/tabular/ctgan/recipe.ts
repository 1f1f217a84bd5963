import type { AdamOptions } from '../../../../nn/optimizers/options.js';

/** What the generator of a table is made of. */
export interface GeneratorRecipe {
  /** Size of the latent vector. */
  readonly latent: number;
  /** Widths of the generator's hidden layers. */
  readonly generator: readonly number[];
  /** Temperature of the Gumbel-softmax (Jang et al. 2017). */
  readonly temperature: number;
}

/** What the tabular GAN is made of and how it is trained. */
export interface TabularRecipe extends GeneratorRecipe {
  /** Widths of the critic's hidden layers. */
  readonly critic: readonly number[];
  /** Rows that the critic judges together (PacGAN, Lin et al. 2018). */
  readonly pack: number;
  /** Rows a step; a multiple of `pack`. Of a table with fewer rows, as many as it has, and at least 50. */
  readonly batch: number;
  /** Share of the critic's hidden units that is dropped. */
  readonly dropout: number;
  /** Weight of the gradient penalty. */
  readonly gradientPenalty: number;
  readonly optimizer: AdamOptions;
  /** Share that each step keeps of the running average of the generator's weights; 0 for none. */
  readonly emaDecay: number;
  /**
   * How the condition of a training row is drawn among a column's categories: by log(count + 1), as
   * in the paper, or by this power of the count.
   */
  readonly conditionPower: number | 'log';
  /** Whether the columns of made rows are given the data's own distributions after the training. */
  readonly calibrate: boolean;
  /** Matching of the moments of all pairs of features; see `pairLoss`. */
  readonly pairs: PairMatching | undefined;
}

/** How the pairs of features of made rows are held to the data's. */
export interface PairMatching {
  /** Weight of the loss. */
  readonly weight: number;
  /** Share that each step keeps of the running moments. */
  readonly memory: number;
  /** Features are at most about so many. */
  readonly most: number;
}

/** CTGAN (Xu et al. 2019, arXiv 1907.00503), with the paper's numbers. */
export const ctgan: TabularRecipe = {
  latent: 128,
  generator: [256, 256],
  critic: [256, 256],
  pack: 10,
  batch: 500,
  dropout: 0.5,
  gradientPenalty: 10,
  temperature: 0.2,
  optimizer: { learningRate: 2e-4, betas: [0.5, 0.9], decay: 1e-6 },
  emaDecay: 0,
  conditionPower: 'log',
  calibrate: false,
  pairs: undefined,
};

/**
 * The default: CTGAN whose generator is also held to the data's moments of pairs of features, and
 * made of averaged weights; its columns are given the data's own distributions in the end.
 */
export const tabular: TabularRecipe = {
  ...ctgan,
  emaDecay: 0.998,
  calibrate: true,
  pairs: { weight: 0.3, memory: 0.9, most: 512 },
};
