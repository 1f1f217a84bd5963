import { isTrained } from '../../gan/families/family.js';
import type { RecipeOption } from '../../gan/families/recipe-option.js';
import { resolveRecipe } from '../../gan/families/recipes.js';
import { trainingOptions } from '../../gan/fit/fit-untrained.js';
import type { FitOptions } from '../../gan/fit/options.js';
import { omit } from '../../options/omit.js';

/** Settings of a fit for a recipe that the gate has chosen: what is said of networks is for those alone. */
export function settingsFor(settings: FitOptions, recipe: RecipeOption | undefined): FitOptions {
  if (recipe === undefined) return settings;
  const own = isTrained(resolveRecipe(recipe).family)
    ? settings
    : omit(settings, ...trainingOptions);
  return { ...own, recipe };
}
