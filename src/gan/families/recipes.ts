import type { Schema } from 'apache-arrow';
import { closestName } from '../../encode/closest-name.js';
import { holdsSounds } from '../../encode/sound/layout.js';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import type { Family, FamilyName } from './family.js';
import { families } from './registry.js';
import { ctgan, type TabularRecipe, tabular } from './tabular/ctgan/recipe.js';
import { tvae, type VariationalRecipe } from './tabular/tvae/recipe.js';
import { imageKind } from './tensor/image/family.js';
import { imageRecipes } from './tensor/image/recipes.js';
import type { ImageRecipe } from './tensor/recipe.js';
import type { SoundRecipe } from './tensor/sound/recipe.js';
import { soundRecipes } from './tensor/sound/recipes.js';

/** A recipe with its name and its family. */
export interface NamedRecipe {
  readonly name: RecipeName;
  readonly family: Family;
  readonly recipe: object;
}

const tabularRecipes = { ctgan, tabular } satisfies Record<string, TabularRecipe>;
const variationalRecipes = { tvae } satisfies Record<string, VariationalRecipe>;

/** Every recipe by its name, by family. */
const recipes = {
  tabular: tabularRecipes,
  variational: variationalRecipes,
  image: imageRecipes,
  sound: soundRecipes,
} satisfies Record<FamilyName, Record<string, object>>;

export type RecipeName =
  | keyof typeof tabularRecipes
  | keyof typeof variationalRecipes
  | keyof typeof imageRecipes
  | keyof typeof soundRecipes;

/**
 * How to train: the name of a recipe, or what is different from the one called `base`.
 *
 * ```ts
 * { base: 'tabular', batch: 250, pack: 5 }
 * { base: 'dcgan', loss: 'hinge', generator: (place) => myNetwork(place) }
 * ```
 *
 * A recipe with functions trains on the calling thread.
 */
export type RecipeOption =
  | RecipeName
  | ({ readonly base: keyof typeof tabularRecipes } & Partial<TabularRecipe>)
  | ({ readonly base: keyof typeof variationalRecipes } & Partial<VariationalRecipe>)
  | ({ readonly base: keyof typeof imageRecipes } & Partial<ImageRecipe>)
  | ({ readonly base: keyof typeof soundRecipes } & Partial<SoundRecipe>);

/** Names of all recipes. */
export const recipeNames = Object.values(recipes).flatMap(Object.keys) as RecipeName[];

/** Refuses what is no recipe. */
export function checkRecipeOption(option: unknown): void {
  if (option !== undefined) resolveRecipe(option as RecipeOption);
}

/**
 * The recipe that an option says; without one DCGAN with the R1 penalty if there are images, the
 * same for the spectra of sounds if columns say a sample rate, and else the tabular one.
 */
export function chooseRecipe(option: RecipeOption | undefined, schema: Schema): NamedRecipe {
  return resolveRecipe(option ?? defaultRecipe(schema));
}

function defaultRecipe(schema: Schema): RecipeName {
  if (imageKind.columns(schema).length > 0) return 'dcgan-r1';
  return schema.fields.some(holdsSounds) ? 'specgan-r1' : 'tabular';
}

function resolveRecipe(option: RecipeOption): NamedRecipe {
  const { base, ...difference } = typeof option === 'object' && option ? option : { base: option };
  const found = findRecipe(base);
  if (!found) {
    throw new InvalidOptionError(
      `fit.recipe ${typeof option === 'string' ? 'is unknown' : "has an unknown 'base'"}: ` +
        `${String(base)}. Use one of ${recipeNames.join(', ')}`,
    );
  }
  for (const key of Object.keys(difference)) {
    if (Object.hasOwn(found.recipe, key)) continue;
    const closest = closestName(key, Object.keys(found.recipe));
    throw new InvalidOptionError(
      `fit.recipe has no option '${key}' with base '${base}'.` +
        `${closest === undefined ? '' : ` Did you mean '${closest}'?`} ` +
        `Options: ${Object.keys(found.recipe).join(', ')}`,
    );
  }
  const recipe = { ...found.recipe, ...difference };
  found.family.checkRecipe(recipe);
  return { ...found, recipe };
}

function findRecipe(name: unknown): NamedRecipe | undefined {
  for (const [family, named] of Object.entries(recipes)) {
    if (typeof name !== 'string' || !Object.hasOwn(named, name)) continue;
    const recipe = (named as Record<string, object>)[name] as object;
    return { name: name as RecipeName, family: families[family as FamilyName], recipe };
  }
  return undefined;
}

/** Refuses a target that is no column. */
export function checkTarget(target: string | undefined, schema: Schema): void {
  const names = schema.fields.map(({ name }) => name);
  if (target === undefined || names.includes(target)) return;
  const closest = closestName(target, names);
  throw new SchemaError(
    `target names a column that does not exist: '${target}'. ` +
      `${closest === undefined ? '' : `Did you mean '${closest}'? `}Columns: ${names.join(', ')}`,
  );
}
