import type { ImageShape } from '../../../encode/image/layout.js';
import type { Optimizer } from '../../../nn/optimizers/options.js';
import type { LossName } from '../../losses/names.js';
import type { Augmentation } from '../../regularizers/augmentations.js';

/** What a generator makes, and from what. */
export interface TensorGeneratorArgs {
  /** Shape of one tensor, channels last. */
  readonly shape: readonly number[];
  /** Size of the latent vector: the generator's input is [rows, latent]. */
  readonly latent: number;
  /** Factor of the layers' widths. */
  readonly widthMultiplier: number;
  /** Classes of the labels; 0 for none. */
  readonly classes: number;
}

/** What a critic sees. */
export interface TensorCriticArgs {
  /** Shape of one tensor, channels last. */
  readonly shape: readonly number[];
  /** Factor of the layers' widths. */
  readonly widthMultiplier: number;
  /** Classes of the labels, which come beside the tensors; 0 for none. */
  readonly classes: number;
  /** Numbers that it gives for a tensor: its score and then, of an auxiliary classifier, logits. */
  readonly outputs: number;
}

/** What a generator of images makes, and from what. */
export interface GeneratorArgs extends TensorGeneratorArgs, ImageShape {}

/** What a critic of images sees. */
export interface CriticArgs extends TensorCriticArgs, ImageShape {}

/** A network of your own; its precise type is `Network` of gan-augment/networks, in tensors of tfjs. */
export interface OpaqueNetwork {
  /** Its weights before the first step. */
  create(random: never): object;
  /** What it makes of what comes in. */
  apply(...given: never[]): object;
}

/** A loss of your own; its precise type is `AdversarialLoss` of gan-augment/networks. */
export interface OpaqueLoss {
  /** The loss that the critic (discriminator) minimises. */
  critic(...given: never[]): object;
  /** The loss that the generator minimises. */
  generator(...given: never[]): object;
}

/** What latent vectors are drawn from. */
export type LatentDistribution = 'normal' | 'uniform';

/**
 * A `TensorRecipe` without types of tfjs, which a TypeScript project then need not have.
 *
 * @typeParam Dimensions Dimensions of the shape by their names, which networks are told.
 */
export interface OpaqueTensorRecipe<Dimensions extends object = never> {
  /** Size of the latent vector. */
  readonly latent: number;
  /** What latent vectors are drawn from: N(0, 1), or U(−1, 1). */
  readonly latentDistribution: LatentDistribution;
  /** Factor of the widths of the layers: 0.5 trains a smaller network, about four times as fast. */
  readonly widthMultiplier: number;
  /** Tensors a step; a multiple of `pack`. */
  readonly batch: number;
  /** Times that each tensor is seen by default. */
  readonly epochs: number;
  /** Latent vectors → tensors [rows, ...shape] of numbers in [−1, 1]. */
  readonly generator: (place: TensorGeneratorArgs & Dimensions) => OpaqueNetwork;
  /** Tensors → numbers [rows, outputs]. */
  readonly critic: (place: TensorCriticArgs & Dimensions) => OpaqueNetwork;
  /** What the networks want: by name, or as functions of your own. */
  readonly loss: LossName | OpaqueLoss;
  /** Whether it learns by labels: it can ('optional'), must or cannot. */
  readonly labels: 'optional' | 'required' | 'none';
  /** Whether the critic also says of which class a tensor is (ACGAN, Odena et al. 2017). */
  readonly classifier: boolean;
  /** One-sided label smoothing: real examples are to be 1 less this (Salimans et al. 2016); 0 for none. */
  readonly labelSmoothing: number;
  /** Updates of the critic for each of the generator. */
  readonly criticSteps: number;
  /**
   * Whether the critic gets 100 updates, in steps of its own, before each of the first 25 updates of
   * the generator and before every 500th (Arjovsky et al. 2017).
   */
  readonly warmUp: boolean;
  /** Whether a step's updates share their latent vectors; not with several updates of the critic. */
  readonly shareLatent: boolean;
  /** Tensors that the critic judges together (PacGAN, Lin et al. 2018). */
  readonly pack: number;
  /** Weight of the gradient penalty between real and fake tensors; 0 for none. */
  readonly gradientPenalty: number;
  /** Weight of the R1 penalty at real tensors; 0 for none. */
  readonly r1Penalty: number;
  /** Bound of each of the critic's weights; 0 for none. */
  readonly weightClip: number;
  /** What is done to images before the critic sees them (DiffAugment, Zhao et al. 2020). */
  readonly augmentations: readonly Augmentation[];
  /** Share of the generator's running average that a step keeps; 0 for no average. */
  readonly emaDecay: number;
  /** How the critic's weights follow its gradients. */
  readonly criticOptimizer: Optimizer;
  /** How the generator's weights follow its gradients. */
  readonly generatorOptimizer: Optimizer;
}
