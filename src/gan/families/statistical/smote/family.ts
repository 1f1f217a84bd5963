import { openSmote } from '../../../../makers/smote.js';
import { checkOptions } from '../../../../options/check.js';
import { object } from '../../../../options/composed.js';
import { required } from '../../../../options/option.js';
import { text, wholeNumber } from '../../../../options/values.js';
import type { DirectFamily } from '../../family.js';
import { keepRows, readKeptRows } from '../kept-rows.js';
import { areOfTable, fitEncoders, kindsOf } from '../kinds.js';
import { type SmoteRecipe, smoteNC } from './recipe.js';

/** A fitted SMOTE-NC's options: the classes come from a target. */
export interface FittedSmote extends SmoteRecipe {
  readonly target?: string | undefined;
}

const recipeOptions = object<FittedSmote>({
  neighbours: required(wholeNumber({ from: 1 })),
  candidates: required(wholeNumber({ from: 2 })),
  target: text('the name of a column'),
});

/**
 * Rows that lie between training rows and their nearest neighbours of the same class (SMOTE-NC, Chawla
 * et al. 2002). **The model holds the training rows.**
 */
export const smoteFamily = {
  name: 'smote-nc',
  hasRules: true,
  holds: 'training rows',
  recipes: { 'smote-nc': smoteNC },
  defaultRecipe: () => undefined,
  parse(recipe) {
    checkOptions(recipeOptions, recipe, 'fit.recipe');
    return recipe as FittedSmote;
  },
  canRead: areOfTable,

  async fit(recipe, data) {
    const encoders = await fitEncoders(data);
    const { target } = data;
    const file = await keepRows(data, encoders);
    return { encoders, options: { ...recipe, ...(target === undefined ? {} : { target }) }, file };
  },

  async open(recipe, file, schema, encoders) {
    return openSmote(await readKeptRows(file, schema), recipe, kindsOf(encoders));
  },
} satisfies DirectFamily<FittedSmote>;
