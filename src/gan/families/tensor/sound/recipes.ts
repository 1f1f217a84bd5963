import type { SoundRecipe } from './recipe.js';
import { specgan } from './recipes/specgan.js';
import { specganR1 } from './recipes/specgan-r1.js';
import { wavegan } from './recipes/wavegan.js';

/** Every recipe for sounds by its name. */
export const soundRecipes = {
  'specgan-r1': specganR1,
  wavegan,
  specgan,
} satisfies Record<string, SoundRecipe>;
