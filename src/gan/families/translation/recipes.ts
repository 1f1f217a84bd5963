import {
  type ContrastRecipe,
  type CycleRecipe,
  type LabelRecipe,
  type PairRecipe,
  translationDefaults,
} from './recipe.js';

/**
 * Pix2Pix (Isola et al. 2017): a U-Net that makes one image of a pair from the other, a critic that
 * sees both and judges patches, and the mean absolute difference with a weight of 100. For 64 × 64
 * pixels on two cores; the authors' setting is `filters: 64, criticFilters: 64, patch: 70, batch: 1`
 * at 256 × 256.
 */
const pix2pix: PairRecipe = {
  ...translationDefaults,
  batch: 4,
  loss: 'nonSaturating',
  levels: 0,
  dropout: 0.5,
  reconstruction: 100,
};

/** Every recipe for pairs by its name. */
export const pairRecipes = { pix2pix } satisfies Record<string, PairRecipe>;

/** What recipes for two domains have in common: 64 × 64 pixels on two cores. */
const domainDefaults = {
  ...translationDefaults,
  filters: 16,
  criticFilters: 16,
  blocks: 4,
  batch: 1,
  loss: 'leastSquares',
} as const;

/**
 * CycleGAN (Zhu et al. 2017): both directions at once, each held to undo the other. The authors'
 * setting is `filters: 64, criticFilters: 64, blocks: 9, patch: 70` at 256 × 256.
 */
const cyclegan: CycleRecipe = { ...domainDefaults, cycle: 10, identity: 0.5, history: 50 };

/**
 * CUT (Park et al. 2020): one direction, for about half the time. The authors' setting is `filters:
 * 64, criticFilters: 64, blocks: 9, patch: 70` at 256 × 256.
 */
const cut: ContrastRecipe = {
  ...domainDefaults,
  contrast: 1,
  identity: true,
  places: 256,
  temperature: 0.07,
};

/** Every recipe for two domains by its name; the last one is the default. */
export const domainRecipes = { cyclegan, cut } satisfies Record<
  string,
  CycleRecipe | ContrastRecipe
>;

/** The mean of each label, in every image alike: what any translation of labels has to be better than. */
const labelMean: LabelRecipe = {
  contrast: 'learned',
  spread: 0,
  noise: 0,
  blur: 0,
  biasField: 0,
};

/**
 * Intensities drawn anew for each label and image, blurred, below a bias field (SynthSeg: Billot et al.
 * 2023, whose contrasts are `contrast: 'random'`).
 */
const labelIntensities: LabelRecipe = {
  contrast: 'learned',
  spread: 1,
  noise: 1,
  blur: 1,
  biasField: 0.3,
};

/** Every recipe that draws images of labels by its name. */
export const labelRecipes = {
  'label-mean': labelMean,
  'label-intensities': labelIntensities,
} satisfies Record<string, LabelRecipe>;
