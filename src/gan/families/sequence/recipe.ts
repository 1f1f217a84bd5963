import type { AdamOptions } from '../../../nn/optimizers/options.js';

/** What a GAN for sequences is made of and how it is trained. */
export interface SequenceRecipe {
  /** Size of the latent vector that attributes, and that ranges are made of. */
  readonly latent: number;
  /** Size of the latent vector of each roll-out of the recurrent network. */
  readonly stepLatent: number;
  /** Widths of the hidden layers that make attributes, and of those that make ranges. */
  readonly attributeLayers: readonly number[];
  /** Width of the recurrent network's state. */
  readonly recurrent: number;
  /** Steps that a roll-out makes at once; 0 for as many as leave 24 roll-outs at most. */
  readonly stepsAtOnce: number;
  /** Widths of the hidden layers of both critics. */
  readonly criticLayers: readonly number[];
  /** Sequences a step. */
  readonly batch: number;
  /** Whether numbers are learned within the range of their own series, which is learned too. */
  readonly ranges: boolean;
  /** Temperature of the Gumbel softmax of categories. */
  readonly temperature: number;
  /** Weight of the gradient penalty of both critics. */
  readonly gradientPenalty: number;
  /** Weight of the critic of attributes and ranges, next to the one that sees all; 0 for none. */
  readonly attributeWeight: number;
  readonly generatorOptimizer: AdamOptions;
  readonly criticOptimizer: AdamOptions;
  /** Share that the running average of the generator keeps at each step; 0 for no average. */
  readonly emaDecay: number;
}

/** DoppelGANger (Lin et al. 2020, arXiv 1909.13403), with the numbers of the authors' code. */
export const doppelganger: SequenceRecipe = {
  latent: 16,
  stepLatent: 8,
  attributeLayers: [100, 100, 100],
  recurrent: 100,
  stepsAtOnce: 0,
  criticLayers: [200, 200, 200, 200, 200],
  batch: 100,
  ranges: true,
  temperature: 0.2,
  gradientPenalty: 10,
  attributeWeight: 1,
  generatorOptimizer: { learningRate: 1e-3, betas: [0.5, 0.999] },
  criticOptimizer: { learningRate: 1e-3, betas: [0.5, 0.999] },
  emaDecay: 0.999,
};
