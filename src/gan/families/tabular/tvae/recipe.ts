import type { AdamOptions } from '../../../../nn/optimizers/options.js';

/** What a variational autoencoder for tables is made of and how it is trained. */
export interface VariationalRecipe {
  /** Size of the latent vector. */
  readonly latent: number;
  /** Widths of the encoder's hidden layers. */
  readonly encoder: readonly number[];
  /** Widths of the decoder's hidden layers; the decoder is the generator. */
  readonly decoder: readonly number[];
  /** Rows a step. */
  readonly batch: number;
  /** Weight of the reconstruction, next to that of the divergence from the prior. */
  readonly reconstruction: number;
  /** Bounds of the learned standard deviation of a number, which lies in [−1, 1]. */
  readonly deviation: readonly [lowest: number, highest: number];
  readonly optimizer: AdamOptions;
  /** Whether the columns of made rows are given the data's own distributions after the training. */
  readonly calibrate: boolean;
}

/** TVAE (Xu et al. 2019, arXiv 1907.00503), with the paper's numbers. */
export const tvae: VariationalRecipe = {
  latent: 128,
  encoder: [128, 128],
  decoder: [128, 128],
  batch: 500,
  reconstruction: 2,
  deviation: [0.01, 1],
  optimizer: { learningRate: 1e-3, betas: [0.9, 0.999], decay: 1e-5 },
  calibrate: false,
};
