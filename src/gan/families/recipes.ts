import type { Schema } from 'apache-arrow';
import { InvalidOptionError, SchemaError } from '../../errors.js';
import { closestName } from '../../options/closest-name.js';
import type { Family } from './family.js';
import type { RecipeName, RecipeOption } from './recipe-option.js';
import { families, type RegisteredFamily } from './registry.js';
import { isDomainTranslation, type TranslateOption } from './translate-option.js';

/** A recipe with its name and its family. */
export interface NamedRecipe {
  readonly name: string;
  readonly family: Family;
  readonly recipe: object;
}

type NameOf<Each> = Each extends { readonly recipes: infer Recipes } ? keyof Recipes : never;

/** Names of all recipes. */
export const recipeNames: readonly RecipeName[] = families.flatMap(({ recipes }) =>
  Object.keys(recipes),
) as NameOf<RegisteredFamily>[];

/** Refuses what is no recipe. */
export function checkRecipeOption(option: unknown): void {
  if (option !== undefined) resolveRecipe(option);
}

/**
 * Refuses a recipe that translates without a translation, and one that does not with one.
 *
 * @throws InvalidOptionError
 */
export function checkTranslation(
  option: RecipeOption | undefined,
  translate: TranslateOption | undefined,
): void {
  const wanted = translate && kindOfTranslation(translate);
  if (option === undefined) return;
  const { name, family } = resolveRecipe(option);
  if (family.translates === wanted) return;
  const needed = {
    pairs: "translate: { from: 'labels', to: 'slice' }",
    domains: "translate: { column: 'image', domain: 'scanner', to: 'B' }",
  };
  if (family.translates) {
    throw new InvalidOptionError(
      `recipe '${name}' makes rows from real ones, and needs to know which column anew. Give ` +
        needed[family.translates],
    );
  }
  throw new InvalidOptionError(
    `recipe '${name}' does not translate, and translate is given. Use one of ` +
      `${namesFor(wanted).join(', ')}, or leave translate out`,
  );
}

/**
 * Refuses a recipe that cannot promise privacy where it is to be promised, and one that does nothing else
 * where it is not.
 *
 * @throws InvalidOptionError
 */
export function checkPromise(option: RecipeOption | undefined, isPromised: boolean): void {
  if (option === undefined) return;
  const { name, family } = resolveRecipe(option);
  if (family.isPrivate && !isPromised) {
    throw new InvalidOptionError(
      `recipe '${name}' promises privacy, and needs to know how much. Give ` +
        'fit.privacy: { epsilon: 1, delta: 1e-6 }',
    );
  }
  if (isPromised && !family.isPrivate) {
    throw new InvalidOptionError(
      `recipe '${name}' cannot promise privacy: it learns of rows in ways that no budget pays for. Leave ` +
        `the recipe out, or use one of ${privateNames().join(', ')}`,
    );
  }
}

/** Names of the recipes that promise privacy. */
function privateNames(): string[] {
  return families
    .filter(({ isPrivate }) => isPrivate)
    .flatMap(({ recipes }) => Object.keys(recipes));
}

function kindOfTranslation(translate: TranslateOption): NonNullable<Family['translates']> {
  return isDomainTranslation(translate) ? 'domains' : 'pairs';
}

function namesFor(kind: Family['translates']): string[] {
  return families
    .filter(({ translates }) => translates === kind)
    .flatMap(({ recipes }) => Object.keys(recipes));
}

/** What a recipe is chosen by, besides the columns. */
export interface ChoiceOfRecipe {
  readonly translate?: TranslateOption | undefined;
  /** Whether privacy is promised. */
  readonly isPromised?: boolean;
}

/**
 * The recipe that an option says; without one the default of the family that suits the columns, or of
 * the one that translates.
 */
export function chooseRecipe(
  option: RecipeOption | undefined,
  schema: Schema,
  { translate, isPromised = false }: ChoiceOfRecipe = {},
): NamedRecipe {
  if (isPromised) return choosePrivate(option, schema);
  const usual = translate ? namesFor(kindOfTranslation(translate)).at(-1) : defaultRecipe(schema);
  return resolveRecipe(option ?? usual);
}

/** A recipe that promises privacy, for tables of cells. */
function choosePrivate(option: RecipeOption | undefined, schema: Schema): NamedRecipe {
  const usual = defaultRecipe(schema);
  if (usual === undefined || resolveRecipe(usual).family.hasRules) {
    return resolveRecipe(option ?? privateNames().at(-1));
  }
  throw new SchemaError(
    `privacy can be promised of tables of scalar columns alone, and these are for the recipe '${usual}'. ` +
      'Drop the columns of tensors and lists, or leave fit.privacy.epsilon out',
  );
}

function defaultRecipe(schema: Schema): string | undefined {
  return families.map((family) => family.defaultRecipe(schema)).findLast((name) => name);
}

/** @param known Where recipes are looked for. */
export function resolveRecipe(option: unknown, known: readonly Family[] = families): NamedRecipe {
  const { base, ...difference } =
    typeof option === 'object' && option ? (option as { base?: unknown }) : { base: option };
  const found = findRecipe(base, known);
  if (!found) {
    const names = known.flatMap(({ recipes }) => Object.keys(recipes));
    if (base === 'auto') {
      throw new InvalidOptionError(
        "fit.recipe 'auto' is for the recipe of ganAugment, whose gate chooses among makers of rows. " +
          `Name a recipe: ${names.join(', ')}`,
      );
    }
    throw new InvalidOptionError(
      `fit.recipe ${typeof option === 'string' ? 'is unknown' : "has an unknown 'base'"}: ` +
        `${String(base)}. Use one of ${names.join(', ')}`,
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
  const recipe = found.family.parse({ ...found.recipe, ...difference }, 'training');
  return { ...found, recipe };
}

function findRecipe(name: unknown, known: readonly Family[]): NamedRecipe | undefined {
  for (const family of known) {
    if (typeof name !== 'string' || !Object.hasOwn(family.recipes, name)) continue;
    return { name, family, recipe: family.recipes[name] as object };
  }
  return undefined;
}

/** Refuses a target that is no column. */
export function assertTargetExists(target: string | undefined, schema: Schema): void {
  const names = schema.fields.map(({ name }) => name);
  if (target === undefined || names.includes(target)) return;
  const closest = closestName(target, names);
  throw new SchemaError(
    `target names a column that does not exist: '${target}'. ` +
      `${closest === undefined ? '' : `Did you mean '${closest}'? `}Columns: ${names.join(', ')}`,
  );
}
