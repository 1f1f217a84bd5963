import { dcgan, dcganR1, sngan, wgan, wganGp } from '../dcgan.js';
import type { ImageRecipe } from '../recipe.js';
import { acgan } from './recipes/acgan.js';
import { cgan, vanilla } from './recipes/vanilla.js';

/** Every recipe for images by its name. */
export const imageRecipes = {
  vanilla,
  cgan,
  dcgan,
  acgan,
  wgan,
  'wgan-gp': wganGp,
  sngan,
  'dcgan-r1': dcganR1,
} satisfies Record<string, ImageRecipe>;
