import type { VideoShape } from '../../../../encode/video/layout.js';
import type { TensorRecipe } from '../recipe.js';
import { tensorDefaults } from '../recipe.js';
import { frameCodesAndRenderer, frameCriticAndClipCritic } from './networks.js';

/** What a GAN for videos is made of, and how it is trained. */
export type VideoRecipe = TensorRecipe<VideoShape>;

/** Spectral normalisation bounds the critic's slopes, which stands a higher rate than DCGAN's. */
const adam = { kind: 'adam', learningRate: 4e-4, betas: [0.5, 0.999] } as const;

/**
 * Videos from a code for each frame and one renderer of frames, as TGAN has them (Saito et al. 2017),
 * against a critic of single frames and one of clips, as MoCoGAN has them (Tulyakov et al. 2018),
 * with spectral normalisation, the R1 penalty and a running average of the generator. Hinge loss in the
 * penalty's place collapsed within 250 steps.
 */
const video: VideoRecipe = {
  ...tensorDefaults,
  widthMultiplier: 0.25,
  batch: 16,
  epochs: 50,
  generator: frameCodesAndRenderer,
  critic: frameCriticAndClipCritic,
  loss: 'nonSaturating',
  r1Penalty: 1,
  emaDecay: 0.99,
  criticOptimizer: adam,
  generatorOptimizer: adam,
};

/** Every recipe for videos by its name. */
export const videoRecipes = { video } satisfies Record<string, VideoRecipe>;
