import type { Schema } from 'apache-arrow';
import { InvalidOptionError } from '../../errors.js';
import { chooseRecipe, type RecipeOption } from '../recipes.js';
import { cellText } from './cell-text.js';
import { balanceOf, type Conditions, ratioConditions } from './options.js';
import { findColumn } from './wish.js';

/**
 * Refuses conditions that no model by the recipe could meet, whatever it learns from these columns.
 *
 * @throws InvalidOptionError for a column that is not there, a value that is none of its type, and a
 * recipe that takes no conditions.
 */
export function checkBeforeTraining(
  conditions: Conditions,
  schema: Schema,
  option: RecipeOption | undefined,
): void {
  if (!ratioConditions(conditions, 1)) return;
  const { where = {}, balance } = conditions;
  const { name, family } = chooseRecipe(option, schema);
  if (!family.takesConditions) throw noConditions(name);
  for (const [column, value] of Object.entries(where)) {
    const field = schema.fields[findColumn(schema, column, 'where')];
    if (field) cellText(field, value);
  }
  if (balance !== undefined) findColumn(schema, balanceOf(balance).column, 'balance');
}

/** Of a recipe whose models take no conditions. */
export const noConditions = (recipe: string) =>
  new InvalidOptionError(
    `where and balance are not for models of this kind: ${recipe}. Leave them out`,
  );
