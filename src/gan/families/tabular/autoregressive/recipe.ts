import type { AdamOptions } from '../../../../nn/optimizers/options.js';

/** What an autoregressive model of tables is made of and how it is trained. */
export interface AutoregressiveRecipe {
  /** Numbers that a column is embedded in for those after it, at most. */
  readonly embedding: number;
  /** Hidden units of each column. */
  readonly hidden: number;
  /** Units of each of two hidden layers that the target has besides; 0 for none. */
  readonly targetHidden: number;
  /** How much the likelihood of the target counts, next to that of each other column. */
  readonly targetWeight: number;
  /** Rows a step. */
  readonly batch: number;
  /** Share of the hidden units that is dropped in training. */
  readonly dropout: number;
  /**
   * Share of the steps in which some columns are known beforehand, so that rows can be asked for by
   * any of them.
   */
  readonly conditions: number;
  readonly optimizer: AdamOptions;
  /** Share that each step keeps of the running average of the weights; 0 for none. */
  readonly emaDecay: number;
  /** Below 1 rows are more usual than the data's, above 1 less so: logits are divided by it. */
  readonly temperature: number;
}

/**
 * The default: each column is decided in its turn, by those before it, as in TabularARGN (Tiwald et al.
 * 2025, arXiv 2501.12012).
 */
export const autoregressive: AutoregressiveRecipe = {
  embedding: 16,
  hidden: 128,
  targetHidden: 256,
  targetWeight: 4,
  batch: 256,
  dropout: 0.3,
  conditions: 0.5,
  optimizer: { learningRate: 3e-3, betas: [0.9, 0.999], decay: 5e-4 },
  emaDecay: 0.99,
  temperature: 1,
};
