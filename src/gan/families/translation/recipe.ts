import type { AdamOptions, Optimizer } from '../../../nn/optimizers/options.js';
import type { LossName } from '../../losses/names.js';
import type { Augmentation } from '../../regularizers/augmentations.js';
import type { PatchSize } from './patch-size.js';

/** What recipes of translations have in common. */
export interface TranslationRecipe {
  /** Features of the generator's first layer; twice as many take about four times as long. */
  readonly filters: number;
  /** Features of the critic's first layer. */
  readonly criticFilters: number;
  /** Side of the patches that the critic judges each by itself: 16, 34 or 70 pixels. */
  readonly patch: PatchSize;
  /** Images a step. */
  readonly batch: number;
  /** Times that each image is seen by default. */
  readonly epochs: number;
  /** Share of the steps, at the end, over which the learning rates fall to 0; before they are constant. */
  readonly decay: number;
  /** What the networks want of the critic's scores. */
  readonly loss: LossName;
  /** Height and width of the pieces that are trained on, drawn anew each time; 0 for whole images. */
  readonly crop: number;
  /** Whether images are mirrored left to right, half of them. */
  readonly flip: boolean;
  /** What is done to images before the critic sees them (DiffAugment, Zhao et al. 2020). */
  readonly augmentations: readonly Augmentation[];
  /** How the critic's weights follow its gradients. */
  readonly criticOptimizer: Optimizer;
  /** How the generator's weights follow its gradients. */
  readonly generatorOptimizer: Optimizer;
}

/** A recipe for pairs of images. */
export interface PairRecipe extends TranslationRecipe {
  /** Times that the U-Net halves an image; 0 for as often as leaves two pixels, and 8 times at most. */
  readonly levels: number;
  /** Share of the units of the two innermost levels that is dropped, also when rows are made. */
  readonly dropout: number;
  /** Weight of the mean absolute difference from the pair's other image. */
  readonly reconstruction: number;
}

/** What recipes for two domains have in common. */
export interface DomainRecipe extends TranslationRecipe {
  /** Residual blocks of a generator. */
  readonly blocks: number;
}

/** A recipe that learns both directions, each held to undo the other. */
export interface CycleRecipe extends DomainRecipe {
  /** Weight of the difference between an image and what came back of it. */
  readonly cycle: number;
  /** Weight of the difference that a generator makes to images of its own domain, as a share of `cycle`. */
  readonly identity: number;
  /** Earlier images that a critic may see instead of new ones; 0 for none. */
  readonly history: number;
}

/** A recipe that learns one direction, whose images keep what is where. */
export interface ContrastRecipe extends DomainRecipe {
  /** Weight of the contrast between places of an image. */
  readonly contrast: number;
  /** Whether images of the target's own domain are contrasted too, which keeps them as they are. */
  readonly identity: boolean;
  /** Places of an image that are told apart, at each depth. */
  readonly places: number;
  /** What likenesses are divided by before they are told apart. */
  readonly temperature: number;
}

/** A recipe that draws images of maps of labels by what is known of each label; nothing is trained. */
export interface LabelRecipe {
  /**
   * Where the mean of each label in an image comes from: 'learned' is that of the training images,
   * 'random' any of their range, anew in each image and channel, as SynthSeg has it.
   */
  readonly contrast: 'learned' | 'random';
  /** How far learned means move between images, in deviations of the training images' own. */
  readonly spread: number;
  /** Deviation of the noise within a label, as a share of that of the training images' pixels. */
  readonly noise: number;
  /** Deviation of the Gaussian that images are blurred by, in pixels, at most: drawn up to it. */
  readonly blur: number;
  /** Deviation of the logarithm of the bias field, at most: drawn up to it. */
  readonly biasField: number;
}

/** Adam as Isola et al. have it. */
const adam: Optimizer & AdamOptions = { kind: 'adam', learningRate: 2e-4, betas: [0.5, 0.999] };

/** What translations have in common unless they say otherwise. */
export const translationDefaults = {
  filters: 32,
  criticFilters: 32,
  patch: 34,
  epochs: 200,
  decay: 0.5,
  crop: 0,
  flip: false,
  augmentations: [],
  criticOptimizer: adam,
  generatorOptimizer: adam,
} as const satisfies Partial<TranslationRecipe>;
