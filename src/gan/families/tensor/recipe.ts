import type { ImageShape } from '../../../encode/image/layout.js';
import type { Network } from '../../../nn/network.js';
import type { Optimizer } from '../../../nn/optimizers/options.js';
import type { AdversarialLoss } from '../../losses/adversarial.js';
import type { LossName } from '../../losses/names.js';
import type { OpaqueTensorRecipe, TensorCriticArgs, TensorGeneratorArgs } from './opaque-recipe.js';

/** What a GAN for images is made of, and how it is trained. */
export type ImageRecipe = TensorRecipe<ImageShape>;

/**
 * What a GAN for tensors is made of, and how it is trained.
 *
 * @typeParam Dimensions Dimensions of the shape by their names, which networks are told.
 */
export interface TensorRecipe<Dimensions extends object = never>
  extends OpaqueTensorRecipe<Dimensions> {
  /** Latent vectors → tensors [rows, ...shape] of numbers in [−1, 1]. */
  readonly generator: (place: TensorGeneratorArgs & Dimensions) => Network;
  /** Tensors → numbers [rows, outputs]. */
  readonly critic: (place: TensorCriticArgs & Dimensions) => Network;
  /** What the networks want: by name, or as functions of your own. */
  readonly loss: LossName | AdversarialLoss;
}

/** Adam as DCGAN has it. */
export const dcganAdam: Optimizer = { kind: 'adam', learningRate: 2e-4, betas: [0.5, 0.999] };

/** What recipes have in common unless they say otherwise; the networks are each one's own. */
export const tensorDefaults: Omit<TensorRecipe, 'generator' | 'critic'> = {
  latent: 100,
  latentDistribution: 'normal',
  widthMultiplier: 1,
  batch: 64,
  epochs: 25,
  loss: 'nonSaturating',
  labels: 'optional',
  classifier: false,
  labelSmoothing: 0,
  criticSteps: 1,
  warmUp: false,
  shareLatent: false,
  pack: 1,
  gradientPenalty: 0,
  r1Penalty: 0,
  weightClip: 0,
  augmentations: [],
  emaDecay: 0,
  criticOptimizer: dcganAdam,
  generatorOptimizer: dcganAdam,
};
