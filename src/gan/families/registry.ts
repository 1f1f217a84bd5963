import type { Family, FamilyName } from './family.js';
import { tabular } from './tabular/ctgan/family.js';
import { variational } from './tabular/tvae/family.js';
import { image } from './tensor/image/family.js';
import { sound } from './tensor/sound/family.js';

/** Every family by its name. */
export const families: Readonly<Record<FamilyName, Family>> = {
  tabular,
  image,
  sound,
  variational,
};

/** Name of the family of a saved recipe: models of tables that are older do not say. */
export function familyName(recipe: { readonly family?: unknown }): string {
  return recipe.family === undefined ? 'tabular' : String(recipe.family);
}

/** The family of that name; undefined if there is none. */
export function findFamily(name: string): Family | undefined {
  return Object.hasOwn(families, name) ? families[name as FamilyName] : undefined;
}
