import type { Family, FamilyName } from './family.js';
import { image } from './image/family.js';
import { tabular } from './tabular/family.js';
import { variational } from './tabular/variational/family.js';

/** Every family by its name. */
export const families: Readonly<Record<FamilyName, Family>> = {
  tabular,
  image,
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
